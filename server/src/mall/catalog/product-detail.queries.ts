import type { ProductDetail, SkuSummary } from '@mall/shared/catalogue';
import { fen } from '@mall/shared/money';
import type { Reader } from '../../platform/database/tx.js';
import { inChunks, placeholders } from './chunks.js';
import { optionText } from './domain/name-key.js';
import { shownCompareAt } from './domain/price-summary.js';
import type { ProductEntity } from './product.entity.js';
import type { SkuEntity } from './sku.entity.js';

/** Stock levels are not published: nobody needs to know more than that there is plenty. */
const SHOWN_AVAILABLE = 99;

type ProductRow = ProductEntity & { brandName: string; categoryName: string | null };
type SkuRow = SkuEntity & { available: number | null };

const shown = (available: number | null): number => Math.min(SHOWN_AVAILABLE, available ?? 0);
const nullableFen = (amount: number | null) => (amount === null ? null : fen(amount));

/** Values of each option in the order in which SKUs bring them. */
function optionsOf(names: readonly string[], skus: readonly { optionValues: string[] }[]) {
  return names.map((name, index) => ({ name, values: [...new Set(skus.map((sku) => sku.optionValues[index] ?? ''))] }));
}

/** A published product with its sellable SKUs; null when customers may not see it. */
export async function findProductDetail(reader: Reader, productId: string): Promise<ProductDetail | null> {
  const product = await reader.first<ProductRow>(
    `SELECT p.*, b.name AS brandName, c.name AS categoryName FROM products p
     JOIN brands b ON b.id = p.brandId LEFT JOIN categories c ON c.id = p.categoryId
     WHERE p.id = ? AND p.published = 1`,
    [productId],
  );
  if (product === null) return null;
  const images = await reader.query<{ url: string }>(
    'SELECT url FROM product_images WHERE productId = ? ORDER BY position',
    [productId],
  );
  const rows = await reader.query<SkuRow>(
    `SELECT k.*, l.available FROM skus k LEFT JOIN stock_levels l ON l.skuId = k.id
     WHERE k.productId = ? AND k.sellable = 1 ORDER BY k.position`,
    [productId],
  );
  const skus = rows.map((row) => ({
    id: row.id,
    optionValues: JSON.parse(row.optionValuesJson) as string[],
    priceFen: fen(row.priceFen),
    compareAtFen: nullableFen(shownCompareAt(row.priceFen, row.compareAtFen)),
    imageUrl: row.imageUrl,
    available: shown(row.available),
  }));
  const { categoryId, categoryName } = product;
  return {
    id: product.id,
    title: product.title,
    subtitle: product.subtitle,
    brand: { id: product.brandId, name: product.brandName },
    category: categoryId === null || categoryName === null ? null : { id: categoryId, name: categoryName },
    descriptionHtml: product.descriptionHtml,
    images: images.map(({ url }) => url),
    options: optionsOf(JSON.parse(product.optionNamesJson) as string[], skus),
    skus,
    priceFen: fen(product.minPriceFen),
    priceIsFrom: product.priceVaries === 1,
    compareAtFen: nullableFen(product.compareAtFen),
    soldCount: product.soldCount,
  };
}

type SummaryRow = Omit<SkuSummary, 'optionText' | 'available'> & { optionValuesJson: string; available: number | null };

/** What a cart shows, in the order of `skuIds`; SKUs that are unknown or not for sale are absent. */
export async function findSkuSummaries(reader: Reader, skuIds: readonly string[]): Promise<SkuSummary[]> {
  const rows = await inChunks([...new Set(skuIds)], (ids) =>
    reader.query<SummaryRow>(
      `SELECT k.id AS skuId, k.productId, p.title, k.optionValuesJson, COALESCE(k.imageUrl, p.imageUrl) AS imageUrl,
         k.priceFen, l.available
       FROM skus k JOIN products p ON p.id = k.productId LEFT JOIN stock_levels l ON l.skuId = k.id
       WHERE p.published = 1 AND k.sellable = 1 AND k.id IN (${placeholders(ids)})`,
      ids,
    ),
  );
  const byId = new Map(rows.map((row) => [row.skuId, row]));
  return [...new Set(skuIds)].flatMap((id) => {
    const row = byId.get(id);
    if (row === undefined) return [];
    const { optionValuesJson, available, ...summary } = row;
    return [
      { ...summary, optionText: optionText(JSON.parse(optionValuesJson) as string[]), available: shown(available) },
    ];
  });
}
