import { type Fen, fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader, SqlValue } from '../../platform/database/tx.js';
import { placeholders } from './chunks.js';
import { optionText } from './domain/name-key.js';
import { readCategoryPaths } from './shelves.queries.js';

/** A part of the catalogue: `sku`, `product`, `category` (with all below it), `brand` or `any`. */
export interface CatalogScope {
  kind: string;
  id: string;
}

/** A SKU with where it stands; ids are '' and the path is [] where the scope asked about does not tell. */
export interface PlacedSku {
  skuId: string;
  productId: string;
  categoryPath: string[];
  brandId: string;
}

export interface PricedSku extends PlacedSku {
  title: string;
  priceFen: Fen;
  /** Null: unknown. */
  costFen: Fen | null;
}

interface ScopeRow {
  skuId: string;
  productId: string;
  categoryId: string | null;
  brandId: string;
  title: string;
  optionValuesJson: string;
}
type PricedRow = ScopeRow & { priceFen: number; costFen: number | null };

const NOWHERE: PlacedSku = { skuId: '', productId: '', categoryPath: [], brandId: '' };

/** Parts of the catalogue by the ids that rules name them with. Reads only. */
@Injectable()
export class CatalogScopes {
  /** Its name and place; null when there is no such SKU, product, category or brand. */
  async describe(reader: Reader, { kind, id }: CatalogScope): Promise<{ name: string; place: PlacedSku } | null> {
    if (kind === 'brand') {
      const brand = await reader.first<{ name: string }>('SELECT name FROM brands WHERE id = ?', [id]);
      return brand && { name: brand.name, place: { ...NOWHERE, brandId: id } };
    }
    const paths = await readCategoryPaths(reader);
    if (kind === 'category') {
      const category = await reader.first<{ name: string }>('SELECT name FROM categories WHERE id = ?', [id]);
      return category && { name: category.name, place: { ...NOWHERE, categoryPath: paths.get(id) ?? [] } };
    }
    if (kind !== 'sku' && kind !== 'product') return null;
    const row = await reader.first<ScopeRow>(
      kind === 'sku'
        ? `SELECT k.id AS skuId, p.id AS productId, p.categoryId, p.brandId, p.title, k.optionValuesJson
           FROM skus k JOIN products p ON p.id = k.productId WHERE k.id = ?`
        : `SELECT '' AS skuId, p.id AS productId, p.categoryId, p.brandId, p.title, '[]' AS optionValuesJson
           FROM products p WHERE p.id = ?`,
      [id],
    );
    return row && { name: titleOf(row), place: placeOf(row, paths) };
  }

  /**
   * SKUs with a price, by id, from the one after `after` on. Of a whole category, brand or catalogue those that customers
   * see; a product or SKU named by itself also before it is shown.
   */
  async skusIn(
    reader: Reader,
    { kind, id }: CatalogScope,
    { after, limit }: { after: string; limit: number },
  ): Promise<PricedSku[]> {
    const paths = await readCategoryPaths(reader);
    const { sql, values } = whereOf(kind, id, paths);
    const rows = await reader.query<PricedRow>(
      `SELECT k.id AS skuId, p.id AS productId, p.categoryId, p.brandId, p.title, k.optionValuesJson, k.priceFen, k.costFen
       FROM skus k JOIN products p ON p.id = k.productId
       WHERE k.id > ? AND k.sellable = 1 AND ${sql} ORDER BY k.id LIMIT ${limit}`,
      [after, ...values],
    );
    return rows.map((row) => ({
      ...placeOf(row, paths),
      title: titleOf(row),
      priceFen: fen(row.priceFen),
      costFen: row.costFen === null ? null : fen(row.costFen),
    }));
  }
}

function whereOf(kind: string, id: string, paths: Map<string, string[]>): { sql: string; values: SqlValue[] } {
  switch (kind) {
    case 'sku':
      return { sql: 'k.id = ?', values: [id] };
    case 'product':
      return { sql: 'k.productId = ?', values: [id] };
    case 'brand':
      return { sql: 'p.published = 1 AND p.brandId = ?', values: [id] };
    case 'category': {
      const below = [...paths].flatMap(([categoryId, path]) => (path.includes(id) ? [categoryId] : []));
      if (below.length === 0) return { sql: '1 = 0', values: [] };
      return { sql: `p.published = 1 AND p.categoryId IN (${placeholders(below)})`, values: below };
    }
    default:
      return { sql: 'p.published = 1', values: [] };
  }
}

function titleOf({ title, optionValuesJson }: ScopeRow): string {
  const options = optionText(JSON.parse(optionValuesJson) as string[]);
  return options === '' ? title : `${title} ${options}`;
}

function placeOf({ skuId, productId, brandId, categoryId }: ScopeRow, paths: Map<string, string[]>): PlacedSku {
  return { skuId, productId, brandId, categoryPath: categoryId === null ? [] : (paths.get(categoryId) ?? []) };
}
