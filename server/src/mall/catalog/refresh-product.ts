import type { Reader, Tx } from '../../platform/database/tx.js';
import { summarisePrices } from './domain/price-summary.js';

interface SkuRow {
  priceFen: number;
  compareAtFen: number | null;
  sellable: number;
}

interface ProductRow {
  publishWanted: number;
  listedAt: number;
}

const skusOf = (reader: Reader, productId: string) =>
  reader.query<SkuRow>('SELECT priceFen, compareAtFen, sellable FROM skus WHERE productId = ? ORDER BY position', [
    productId,
  ]);

/**
 * Works out what lists show of a product (lowest price, publication) from its SKUs. Whoever changes a SKU or the
 * wish to publish calls this in the same transaction; nothing else writes these columns.
 *
 * @param now business clock, epoch ms
 * @returns whether customers see the product now
 */
export async function refreshProduct(tx: Tx, productId: string, now: number): Promise<boolean> {
  const product = await tx.first<ProductRow>('SELECT publishWanted, listedAt FROM products WHERE id = ?', [productId]);
  if (product === null) throw new Error(`no product ${productId}`);
  const rows = await skusOf(tx, productId);
  const skus = rows.map((row) => ({ ...row, sellable: row.sellable === 1 }));
  const { minPriceFen, priceVaries, compareAtFen } = summarisePrices(skus);
  const published = product.publishWanted === 1 && skus.some((sku) => sku.sellable);
  const listedAt = product.listedAt === 0 && published ? now : product.listedAt;
  await tx.execute(
    `UPDATE products SET minPriceFen = ?, priceVaries = ?, compareAtFen = ?, published = ?, listedAt = ?
     WHERE id = ?`,
    [minPriceFen, priceVaries ? 1 : 0, compareAtFen, published ? 1 : 0, listedAt, productId],
  );
  return published;
}
