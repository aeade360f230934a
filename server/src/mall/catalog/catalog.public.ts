export { CatalogModule } from './catalog.module.js';
export { Catalog, type CatalogCard, type CatalogCardPage, type SaleItem } from './catalog.service.js';
export { type CatalogScope, CatalogScopes, type PricedSku } from './catalog-scopes.js';
export { optionKey } from './domain/name-key.js';
export { PictureCategory } from './picture-category.service.js';
export type { Change, ProductInput, SkuInput, UpsertOutcome } from './product-input.js';
export { UpsertProduct } from './upsert-product.service.js';
