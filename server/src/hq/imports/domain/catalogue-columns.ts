/** Columns of the product CSV format that are read. Their names are matched without case and extra blanks. */
export const COLUMN_NAMES = {
  handle: 'handle',
  title: 'title',
  body: 'body (html)',
  vendor: 'vendor',
  type: 'type',
  tags: 'tags',
  published: 'published',
  status: 'status',
  optionName1: 'option1 name',
  optionValue1: 'option1 value',
  optionName2: 'option2 name',
  optionValue2: 'option2 value',
  optionName3: 'option3 name',
  optionValue3: 'option3 value',
  code: 'variant sku',
  quantity: 'variant inventory qty',
  price: 'variant price',
  compareAt: 'variant compare at price',
  cost: 'cost per item',
  image: 'image src',
  imagePosition: 'image position',
  variantImage: 'variant image',
} as const;
export type Column = keyof typeof COLUMN_NAMES;

const REQUIRED: readonly Column[] = ['handle', 'title', 'price'];

/** Where each column stands. */
export type Layout = ReadonlyMap<Column, number>;

/** One record of the file. */
export interface CatalogueRow {
  /** 1-based line on which it starts. */
  line: number;
  /** The cell's text, trimmed; empty when the file has no such column. */
  cell(column: Column): string;
}

/** Finds the columns; of two with one name the first counts. A header without the required ones names what lacks. */
export function readLayout(header: readonly string[]): Layout | { missing: string[] } {
  const names = header.map((name) => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim());
  const layout = new Map<Column, number>();
  for (const [column, name] of Object.entries(COLUMN_NAMES) as [Column, string][]) {
    const position = names.indexOf(name);
    if (position >= 0) layout.set(column, position);
  }
  const missing = REQUIRED.filter((column) => !layout.has(column));
  return missing.length === 0 ? layout : { missing: missing.map((column) => COLUMN_NAMES[column]) };
}

export function rowOf(layout: Layout, line: number, cells: readonly string[]): CatalogueRow {
  return {
    line,
    cell: (column) => {
      const position = layout.get(column);
      return position === undefined ? '' : (cells[position] ?? '').trim();
    },
  };
}
