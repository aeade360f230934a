import { type ProductListQuery, ProductSort } from '@mall/shared/catalogue';
import type { Reader, SqlValue } from '../../platform/database/tx.js';
import { type ProductCursor, readCursor, SORT_COLUMNS, writeCursor } from './domain/product-cursor.js';
import { conditionsOf, facetTerm } from './domain/search-terms.js';
import { chooseDriver, conditionSql, type ListCondition } from './list-driver.js';

/** What a list reads of a product. */
export interface ListedProduct {
  id: string;
  title: string;
  subtitle: string | null;
  brandId: string;
  categoryId: string | null;
  imageUrl: string | null;
  minPriceFen: number;
  priceVaries: number;
  compareAtFen: number | null;
  soldCount: number;
  listedAt: number;
}

export const LISTED_COLUMNS = [
  'id',
  'title',
  'subtitle',
  'brandId',
  'categoryId',
  'imageUrl',
  'minPriceFen',
  'priceVaries',
  'compareAtFen',
  'soldCount',
  'listedAt',
] as const satisfies (keyof ListedProduct)[];

const DEFAULT_LIMIT = 20;

/** One page of published products, or the fault in the cursor. */
export type ListedPage = { products: ListedProduct[]; nextCursor: string | null } | { fault: 'cursor' };

interface Piece {
  sql: string;
  parameters: SqlValue[];
}

function conditionsOfQuery(query: ProductListQuery): ListCondition[] | 'nothing' {
  const conditions: ListCondition[] = [];
  if (query.categoryId !== undefined) conditions.push({ kind: 'term', text: facetTerm(query.categoryId) });
  if (query.brandId !== undefined) conditions.push({ kind: 'term', text: facetTerm(query.brandId) });
  if (query.q !== undefined && query.q.trim() !== '') {
    const words = conditionsOf(query.q);
    // Something was typed, but nothing that can be found: an empty list, not the whole shop.
    if (words.length === 0) return 'nothing';
    conditions.push(...words);
  }
  return conditions;
}

function pricePieces({ minPriceFen, maxPriceFen }: ProductListQuery): Piece[] {
  const pieces: Piece[] = [];
  if (minPriceFen !== undefined) pieces.push({ sql: 'p.minPriceFen >= ?', parameters: [minPriceFen] });
  if (maxPriceFen !== undefined) pieces.push({ sql: 'p.minPriceFen <= ?', parameters: [maxPriceFen] });
  return pieces;
}

/** Asked of the stock itself for the few products that come this far: a copied flag would lag behind the last sale. */
const IN_STOCK: Piece = {
  sql: `(SELECT COUNT(*) FROM skus k JOIN stock_levels l ON l.skuId = k.id
         WHERE k.productId = p.id AND k.sellable = 1 AND l.available > 0) > 0`,
  parameters: [],
};

/** Equal sort keys are told apart by the id, so a page never repeats or skips a product. */
function afterCursor({ sort, key, id }: ProductCursor): Piece {
  const { column, descending } = SORT_COLUMNS[sort];
  const beyond = descending ? '<' : '>';
  return {
    sql: `p.${column} ${beyond}= ? AND (p.${column} ${beyond} ? OR p.id ${beyond} ?)`,
    parameters: [key, key, id],
  };
}

/**
 * A page of published products by filter, sort and search. Price filters look at the lowest price, which is the one
 * that the list shows. Serves 100,000 SKUs: see list-driver.ts and bench/catalogue-search.ts.
 */
export async function listProducts(reader: Reader, query: ProductListQuery): Promise<ListedPage> {
  const sort = query.sort ?? ProductSort.Newest;
  const cursor = query.cursor === undefined ? null : readCursor(query.cursor, sort);
  if (query.cursor !== undefined && cursor === null) return { fault: 'cursor' };
  const conditions = conditionsOfQuery(query);
  if (conditions === 'nothing') return { products: [], nextCursor: null };
  const limit = query.limit ?? DEFAULT_LIMIT;
  const { column, descending } = SORT_COLUMNS[sort];
  const driver = await chooseDriver(reader, conditions);
  if (driver.empty) return { products: [], nextCursor: null };
  const where: Piece[] = [
    { sql: 'p.published = 1', parameters: [] },
    ...driver.rest.map(conditionSql),
    ...pricePieces(query),
    ...(query.inStock === true ? [IN_STOCK] : []),
    ...(cursor === null ? [] : [afterCursor(cursor)]),
  ];
  const direction = descending ? 'DESC' : 'ASC';
  const rows = await reader.query<ListedProduct>(
    `SELECT ${LISTED_COLUMNS.map((name) => `p.${name}`).join(', ')}
     FROM ${driver.from === null ? 'products p' : `(${driver.from.sql}) d CROSS JOIN products p ON p.id = d.productId`}
     WHERE ${where.map(({ sql }) => sql).join(' AND ')}
     ORDER BY p.${column} ${direction}, p.id ${direction} LIMIT ?`,
    [...(driver.from?.parameters ?? []), ...where.flatMap(({ parameters }) => parameters), limit + 1],
  );
  const products = rows.slice(0, limit);
  const last = products.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { products, nextCursor: more ? writeCursor({ sort, key: last[column], id: last.id }) : null };
}
