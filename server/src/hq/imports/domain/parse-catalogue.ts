import { type CatalogueRow, type Layout, rowOf } from './catalogue-columns.js';
import { cutTo } from './clean-text.js';
import { Findings } from './findings.js';
import { parseProduct } from './parse-product.js';
import type { ParsedProduct } from './parsed-product.js';

const HANDLE_LENGTH = 255;

/** A record of the file with the line on which it starts. */
export interface CsvRecord {
  line: number;
  cells: readonly string[];
}

export interface ParsedCatalogue {
  products: ParsedProduct[];
  findings: Findings;
}

/** Rows of each handle in the order of the file, wherever they stand. */
function groupByHandle(rows: readonly CatalogueRow[], findings: Findings): Map<string, CatalogueRow[]> {
  const groups = new Map<string, CatalogueRow[]>();
  for (const row of rows) {
    const handle = row.cell('handle');
    if (handle === '') {
      findings.refuse(row.line, null, 'handle_missing', '缺少 Handle，不知道属于哪个商品');
    } else if ([...handle].length > HANDLE_LENGTH) {
      findings.refuse(row.line, cutTo(handle, 40), 'handle_too_long', `Handle 超过 ${HANDLE_LENGTH} 个字`);
    } else {
      const group = groups.get(handle);
      if (group === undefined) groups.set(handle, [row]);
      else group.push(row);
    }
  }
  return groups;
}

/**
 * Reads products from the records after the header. Identity is handle and options; SKU codes are kept as text.
 * Whatever is odd becomes a warning, whatever cannot be imported a refused row, each with line and reason.
 */
export function parseCatalogue(layout: Layout, columns: number, records: readonly CsvRecord[]): ParsedCatalogue {
  const findings = new Findings();
  const rows: CatalogueRow[] = [];
  const broken = new Set<string>();
  for (const { line, cells } of records) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    if (cells.slice(columns).some((cell) => cell.trim() !== '')) {
      // A stray delimiter moves every later cell: better no row than one with its neighbour's price.
      const handle = rowOf(layout, line, cells).cell('handle');
      findings.refuse(line, cutTo(handle, 40) || null, 'too_many_cells', '这一行的列数比表头多');
      broken.add(handle);
      continue;
    }
    rows.push(rowOf(layout, line, cells));
  }
  if (!layout.has('cost')) findings.warn(1, null, 'cost_column_missing', '文件没有成本列，毛利未知');
  const codes = new Map<string, number>();
  const products: ParsedProduct[] = [];
  for (const [handle, group] of groupByHandle(rows, findings)) {
    const product = parseProduct(group, { handle, layout, findings, codes });
    if (product !== null) products.push({ ...product, complete: product.complete && !broken.has(handle) });
  }
  return { products, findings };
}
