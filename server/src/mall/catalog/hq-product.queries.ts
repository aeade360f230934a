import type { Reader } from '../../platform/database/tx.js';

/** A product as HQ lists it, published or not. */
export interface HqProductRow {
  id: string;
  handle: string;
  title: string;
  brandName: string;
  categoryName: string | null;
  imageUrl: string | null;
  published: boolean;
  /** Wanted on sale; false by HQ's or the file's decision. Wanted but not published: no SKU has a price. */
  publishWanted: boolean;
  minPriceFen: number;
  skuCount: number;
  available: number;
  soldCount: number;
}

type Row = Omit<HqProductRow, 'published' | 'publishWanted'> & { published: number; publishWanted: number };

const PAGE = 50;

/** All products by handle; the cursor is the last handle of the page before. */
export async function listHqProducts(
  reader: Reader,
  cursor: string | null,
): Promise<{ items: HqProductRow[]; nextCursor: string | null }> {
  const rows = await reader.query<Row>(
    `SELECT p.id, p.handle, p.title, b.name AS brandName, c.name AS categoryName, p.imageUrl, p.published,
       p.publishWanted, p.minPriceFen, p.soldCount,
       (SELECT COUNT(*) FROM skus k WHERE k.productId = p.id) AS skuCount,
       (SELECT COALESCE(SUM(l.available), 0) FROM skus k JOIN stock_levels l ON l.skuId = k.id
        WHERE k.productId = p.id) AS available
     FROM products p JOIN brands b ON b.id = p.brandId LEFT JOIN categories c ON c.id = p.categoryId
     WHERE p.handle > ? ORDER BY p.handle LIMIT ?`,
    [cursor === null ? '' : Buffer.from(cursor, 'base64url').toString(), PAGE + 1],
  );
  const items = rows.slice(0, PAGE).map((row) => ({
    ...row,
    published: row.published === 1,
    publishWanted: row.publishWanted === 1,
  }));
  const last = items.at(-1);
  const nextCursor = rows.length > PAGE && last ? Buffer.from(last.handle).toString('base64url') : null;
  return { items, nextCursor };
}
