import { ProductSort } from '@mall/shared/catalogue';

/** Where a page ended: the sort key and id of its last product. Equal keys are told apart by the id. */
export interface ProductCursor {
  sort: ProductSort;
  key: number;
  id: string;
}

/** Opaque to clients. */
export function writeCursor({ sort, key, id }: ProductCursor): string {
  return Buffer.from(JSON.stringify([sort, key, id])).toString('base64url');
}

/** Null: not a cursor of this sort. */
export function readCursor(text: string, sort: ProductSort): ProductCursor | null {
  let parts: unknown;
  try {
    parts = JSON.parse(Buffer.from(text, 'base64url').toString());
  } catch {
    return null;
  }
  if (!Array.isArray(parts)) return null;
  const [from, key, id] = parts as unknown[];
  if (from !== sort || !Number.isSafeInteger(key) || typeof id !== 'string' || id === '') return null;
  return { sort, key: key as number, id };
}

interface SortColumn {
  column: 'listedAt' | 'minPriceFen' | 'soldCount';
  descending: boolean;
}

/** The indexed column behind each sort; the id follows in the same direction. */
export const SORT_COLUMNS: Record<ProductSort, SortColumn> = {
  [ProductSort.Newest]: { column: 'listedAt', descending: true },
  [ProductSort.PriceAscending]: { column: 'minPriceFen', descending: false },
  [ProductSort.PriceDescending]: { column: 'minPriceFen', descending: true },
  [ProductSort.BestSelling]: { column: 'soldCount', descending: true },
};
