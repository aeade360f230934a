import type { ProductCard, ProductListQuery } from '@mall/shared/catalogue';
import { type Fen, fen } from '@mall/shared/money';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { inChunks, placeholders } from './chunks.js';
import { optionText } from './domain/name-key.js';
import { LISTED_COLUMNS, type ListedProduct, listProducts } from './product-list.queries.js';
import { readCategoryPaths } from './shelves.queries.js';

/** A SKU as quotes and orders need it. */
export interface SaleItem {
  skuId: string;
  productId: string;
  title: string;
  /** `燕麦色 / M`; empty without options. */
  optionText: string;
  imageUrl: string | null;
  priceFen: Fen;
  /** Null: unknown. */
  costFen: Fen | null;
  categoryId: string | null;
  /** Ids from the root category down to the product's own; empty without category. */
  categoryPath: string[];
  brandId: string;
  /** Published product, sellable SKU. */
  onSale: boolean;
}

/** A product card with what a commission rule looks at. */
export interface CatalogCard {
  card: ProductCard;
  productId: string;
  brandId: string;
  categoryId: string | null;
  /** Ids from the root category down to the product's own. */
  categoryPath: string[];
  /** The SKU whose price the card shows; null when nothing is sellable. */
  cheapestSkuId: string | null;
}

export interface CatalogCardPage {
  items: CatalogCard[];
  nextCursor: string | null;
}

type SaleRow = Omit<SaleItem, 'optionText' | 'categoryPath' | 'onSale'> & { optionValuesJson: string; onSale: number };

interface CardSku {
  productId: string;
  skuId: string;
  priceFen: number;
  available: number;
}

/** Goods as other rooms see them. Reads only; stock is asked of the stock room's table in the same query. */
@Injectable()
export class Catalog {
  /** The SKUs that exist, in no particular order; unknown ids are absent, those off sale say so. */
  async saleItems(reader: Reader, skuIds: readonly string[]): Promise<SaleItem[]> {
    const rows = await inChunks([...new Set(skuIds)], (ids) =>
      reader.query<SaleRow>(
        `SELECT k.id AS skuId, k.productId, p.title, k.optionValuesJson, COALESCE(k.imageUrl, p.imageUrl) AS imageUrl,
           k.priceFen, k.costFen, p.categoryId, p.brandId,
           CASE WHEN p.published = 1 AND k.sellable = 1 THEN 1 ELSE 0 END AS onSale
         FROM skus k JOIN products p ON p.id = k.productId WHERE k.id IN (${placeholders(ids)})`,
        ids,
      ),
    );
    const paths = rows.length === 0 ? new Map<string, string[]>() : await readCategoryPaths(reader);
    return rows.map(({ optionValuesJson, onSale, ...row }) => ({
      ...row,
      optionText: optionText(JSON.parse(optionValuesJson) as string[]),
      categoryPath: row.categoryId === null ? [] : (paths.get(row.categoryId) ?? []),
      onSale: onSale === 1,
    }));
  }

  /** A page of what customers see. Throws ValidationFailed for a cursor of another list. */
  async publishedCards(reader: Reader, query: ProductListQuery): Promise<CatalogCardPage> {
    const page = await listProducts(reader, query);
    if ('fault' in page) {
      throw new ProblemError(ProblemType.ValidationFailed, {
        detail: '列表已更新，请从头浏览',
        faults: [{ path: 'cursor', message: 'is not a cursor of this list' }],
      });
    }
    return { items: await this.withSkus(reader, page.products), nextCursor: page.nextCursor };
  }

  /** Cards of published products by id, in the order of `productIds`; others are absent. */
  async productCards(reader: Reader, productIds: readonly string[]): Promise<CatalogCard[]> {
    const columns = LISTED_COLUMNS.map((name) => `p.${name}`).join(', ');
    const rows = await inChunks([...new Set(productIds)], (ids) =>
      reader.query<ListedProduct>(
        `SELECT ${columns} FROM products p WHERE p.published = 1 AND p.id IN (${placeholders(ids)})`,
        ids,
      ),
    );
    const byId = new Map(rows.map((row) => [row.id, row]));
    const ordered = productIds.flatMap((id) => byId.get(id) ?? []);
    return this.withSkus(reader, ordered);
  }

  /** Price of each known SKU, on sale or not. */
  async anySkuPrices(reader: Reader, skuIds: readonly string[]): Promise<Map<string, Fen>> {
    const rows = await inChunks([...new Set(skuIds)], (ids) =>
      reader.query<{ id: string; priceFen: number }>(
        `SELECT id, priceFen FROM skus WHERE id IN (${placeholders(ids)})`,
        ids,
      ),
    );
    return new Map(rows.map(({ id, priceFen }) => [id, fen(priceFen)]));
  }

  /** The first picture of each product's own page; those without pictures are absent. */
  async heroImages(reader: Reader, productIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await inChunks([...new Set(productIds)], (ids) =>
      reader.query<{ productId: string; url: string }>(
        `SELECT productId, url FROM product_images WHERE productId IN (${placeholders(ids)}) ORDER BY position DESC`,
        ids,
      ),
    );
    // The last one written is the first of its product.
    return new Map(rows.map(({ productId, url }) => [productId, url]));
  }

  /** Null: no such brand. */
  async brandName(reader: Reader, brandId: string): Promise<string | null> {
    return (await reader.first<{ name: string }>('SELECT name FROM brands WHERE id = ?', [brandId]))?.name ?? null;
  }

  private async withSkus(reader: Reader, products: readonly ListedProduct[]): Promise<CatalogCard[]> {
    if (products.length === 0) return [];
    const skus = await inChunks(
      products.map(({ id }) => id),
      (ids) =>
        reader.query<CardSku>(
          `SELECT k.productId, k.id AS skuId, k.priceFen, COALESCE(l.available, 0) AS available
           FROM skus k LEFT JOIN stock_levels l ON l.skuId = k.id
           WHERE k.sellable = 1 AND k.productId IN (${placeholders(ids)}) ORDER BY k.priceFen, k.position`,
          ids,
        ),
    );
    const brands = await reader.query<{ id: string; name: string }>('SELECT id, name FROM brands');
    const brandNames = new Map(brands.map(({ id, name }) => [id, name]));
    const paths = await readCategoryPaths(reader);
    return products.map((product) => {
      const own = skus.filter(({ productId }) => productId === product.id);
      const categoryPath = product.categoryId === null ? [] : (paths.get(product.categoryId) ?? []);
      return {
        card: cardOf(product, brandNames.get(product.brandId) ?? '', !own.some(({ available }) => available > 0)),
        productId: product.id,
        brandId: product.brandId,
        categoryId: product.categoryId,
        categoryPath,
        cheapestSkuId: own[0]?.skuId ?? null,
      };
    });
  }
}

function cardOf(product: ListedProduct, brandName: string, soldOut: boolean): ProductCard {
  return {
    id: product.id,
    title: product.title,
    subtitle: product.subtitle,
    brandName,
    imageUrl: product.imageUrl,
    priceFen: fen(product.minPriceFen),
    priceIsFrom: product.priceVaries === 1,
    compareAtFen: product.compareAtFen === null ? null : fen(product.compareAtFen),
    soldOut,
    soldCount: product.soldCount,
  };
}
