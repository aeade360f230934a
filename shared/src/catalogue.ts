/** Brands, categories, products, SKUs. Prices are integer fen. */
import type { Fen } from './money.js';
import type { Page } from './paging.js';

export interface Brand {
  id: string;
  name: string;
}

export interface Category {
  id: string;
  name: string;
  parentId: string | null;
  /** Null: the client shows a tinted placeholder. */
  imageUrl: string | null;
}

export const ProductSort = {
  Newest: 'newest',
  PriceAscending: 'price_asc',
  PriceDescending: 'price_desc',
  BestSelling: 'best_selling',
} as const;
export type ProductSort = (typeof ProductSort)[keyof typeof ProductSort];

/** GET /api/products. Answers Page<ProductCard>. */
export interface ProductListQuery {
  q?: string;
  categoryId?: string;
  brandId?: string;
  minPriceFen?: number;
  maxPriceFen?: number;
  /** Only products with a SKU in stock. */
  inStock?: boolean;
  sort?: ProductSort;
  cursor?: string;
  /** 1 to 50; 20 when absent. */
  limit?: number;
}

export interface ProductCard {
  id: string;
  title: string;
  subtitle: string | null;
  brandName: string;
  imageUrl: string | null;
  /** Lowest price over its sellable SKUs. */
  priceFen: Fen;
  /** True when SKUs differ in price: shown as `¥129 起`. */
  priceIsFrom: boolean;
  compareAtFen: Fen | null;
  soldOut: boolean;
  soldCount: number;
}

export interface ProductOption {
  name: string;
  values: string[];
}

export interface Sku {
  id: string;
  /** One value per option of the product, in the same order. */
  optionValues: string[];
  priceFen: Fen;
  compareAtFen: Fen | null;
  imageUrl: string | null;
  /** Pieces that can be bought now, capped at 99 so that stock levels are not published. */
  available: number;
}

/** GET /api/products/:id */
export interface ProductDetail {
  id: string;
  title: string;
  subtitle: string | null;
  brand: Brand;
  category: { id: string; name: string } | null;
  /** Sanitised HTML. */
  descriptionHtml: string;
  images: string[];
  options: ProductOption[];
  skus: Sku[];
  priceFen: Fen;
  priceIsFrom: boolean;
  compareAtFen: Fen | null;
  soldCount: number;
}

/** GET /api/skus?ids=a,b — what a cart shows; unknown or unpublished ids are absent from the answer. */
export interface SkuSummary {
  skuId: string;
  productId: string;
  title: string;
  optionText: string;
  imageUrl: string | null;
  priceFen: Fen;
  available: number;
}

/** POST /api/hq/catalogue/imports (body: text/csv) */
export interface CatalogueImportReport {
  productsCreated: number;
  productsUpdated: number;
  productsUnchanged: number;
  skusCreated: number;
  skusUpdated: number;
  skusUnchanged: number;
  productsUnpublished: number;
  warnings: CatalogueImportFinding[];
  /** Rows that were not imported. */
  refused: CatalogueImportFinding[];
}

export interface CatalogueImportFinding {
  /** 1-based line of the file on which the row starts; the header is line 1. */
  line: number;
  handle: string | null;
  code: string;
  message: string;
}

/** GET /api/shop-front — what the first page shows, in one answer. */
export interface ShopFront {
  categories: Category[];
  /** The newest that can be bought; null: nothing can. */
  newest: ProductCard | null;
  /** The first page of `/api/products?sort=best_selling`. */
  bestSelling: Page<ProductCard>;
}
