import { ProblemType } from '@mall/shared/problems';
import { type CsvError, parse } from 'csv-parse/sync';
import { ProblemError } from '../../platform/http/problem.js';
import { type Layout, readLayout } from './domain/catalogue-columns.js';
import type { CsvRecord } from './domain/parse-catalogue.js';

export interface CatalogueFile {
  layout: Layout;
  /** Cells of the header. */
  columns: number;
  records: CsvRecord[];
}

/** The file as a whole is no catalogue. `line` is where that shows. */
function refusal(line: number, detail: string): ProblemError {
  return new ProblemError(ProblemType.CatalogueFileRefused, { detail, line });
}

function decode(bytes: Buffer, encoding: string): string | null {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-8 or, as Chinese spreadsheet programs write it, GB 18030. */
function textOf(bytes: Buffer): string {
  if (bytes.length === 0) throw refusal(1, '文件是空的');
  if (bytes.includes(0)) throw refusal(1, '这不是文本文件，请导出为 CSV（UTF-8）');
  const text = decode(bytes, 'utf-8') ?? decode(bytes, 'gb18030');
  if (text === null) throw refusal(1, '文件编码无法识别，请导出为 CSV（UTF-8）');
  if (text.trim() === '') throw refusal(1, '文件是空的');
  return text;
}

const REASONS: Partial<Record<CsvError['code'], string>> = {
  CSV_QUOTE_NOT_CLOSED: '引号没有闭合',
  INVALID_OPENING_QUOTE: '没有加引号的单元格里出现了引号',
  CSV_INVALID_CLOSING_QUOTE: '引号后面还有文字',
};

/** Records with the line on which each starts. Blank lines count; a quoted cell may run over several. */
function recordsOf(text: string): CsvRecord[] {
  const records: CsvRecord[] = [];
  let linesBefore = 0;
  try {
    // One kind of line end: the parser counts a Windows line end inside quotes twice.
    parse(text.replace(/\r\n?/g, '\n'), {
      bom: true,
      relax_column_count: true,
      record_delimiter: '\n',
      on_record: (cells, { lines }) => {
        records.push({ line: linesBefore + 1, cells });
        linesBefore = lines;
        return cells;
      },
    });
    return records;
  } catch (error) {
    const reason = REASONS[(error as CsvError).code];
    if (reason === undefined) throw error;
    throw refusal(linesBefore + 1, `从第 ${linesBefore + 1} 行开始的一行读不下去：${reason}`);
  }
}

/**
 * Reads a product CSV. Throws CatalogueFileRefused, with reason and line, for a file that is none: nothing of it is
 * imported then, because a file that is not understood as a whole cannot be trusted in part.
 */
export function readCatalogueFile(bytes: Buffer): CatalogueFile {
  const [header, ...records] = recordsOf(textOf(bytes));
  if (header === undefined) throw refusal(1, '文件是空的');
  const layout = readLayout(header.cells);
  if ('missing' in layout) {
    throw refusal(header.line, `表头缺少 ${layout.missing.join('、')} 列，不是商品 CSV`);
  }
  if (!records.some(({ cells }) => cells.some((cell) => cell.trim() !== ''))) {
    throw refusal(header.line, '表头之后没有商品');
  }
  return { layout, columns: header.cells.length, records };
}
