import type { CatalogueRow } from './catalogue-columns.js';
import { cutTo, oneLine } from './clean-text.js';
import type { Findings } from './findings.js';

const NAMES = ['optionName1', 'optionName2', 'optionName3'] as const;
const VALUES = ['optionValue1', 'optionValue2', 'optionValue3'] as const;
const NAME_LENGTH = 40;
const VALUE_LENGTH = 80;

export interface ParsedOptions {
  names: string[];
  /** Values of each row, one a name. */
  valuesOf(row: CatalogueRow): string[];
}

export function hasOptionValue(row: CatalogueRow): boolean {
  return VALUES.some((column) => row.cell(column) !== '');
}

/** `Title` / `Default Title` is how the format writes "no options"; any single value under `Title` means the same. */
function meansNoOption(name: string, values: ReadonlySet<string>): boolean {
  return values.size === 1 && (/^(title|标题)?$/i.test(name) || values.has('Default Title'));
}

function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let number = 2; taken.has(distinct); number += 1) distinct = `${name}${number}`;
    taken.add(distinct);
    return distinct;
  });
}

/**
 * The options of a product from all its variant rows. Columns that no row fills are left out, a missing name becomes
 * 规格, a missing value 默认 with a warning: odd options shall not cost the merchant a row.
 */
export function parseOptions(rows: readonly CatalogueRow[], handle: string, findings: Findings): ParsedOptions {
  const used = VALUES.map((column, index) => {
    const values = new Set(rows.map((row) => oneLine(row.cell(column))).filter((value) => value !== ''));
    const named = rows.map((row) => oneLine(row.cell(NAMES[index] ?? 'optionName1'))).find((name) => name !== '');
    return { column, values, name: named ?? '' };
  }).filter(({ values }) => values.size > 0);
  const single = used.length === 1 && used.every(({ name, values }) => meansNoOption(name, values));
  const kept = single ? [] : used;
  const names = kept.map(({ name }) => cutTo(/^(title)?$/i.test(name) ? '规格' : name, NAME_LENGTH));
  return {
    names: distinctNames(names),
    valuesOf: (row) =>
      kept.map(({ column, name }) => {
        const value = oneLine(row.cell(column));
        if (value === '') {
          findings.warn(row.line, handle, 'option_missing', `规格“${name}”没有填写，按“默认”导入`);
          return '默认';
        }
        const cut = cutTo(value, VALUE_LENGTH);
        if (cut !== value) findings.warn(row.line, handle, 'option_cut', `规格值超过 ${VALUE_LENGTH} 个字，已截断`);
        return cut;
      }),
  };
}
