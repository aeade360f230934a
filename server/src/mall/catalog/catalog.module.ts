import { Module } from '@nestjs/common';
import { StockModule } from '../stock/stock.public.js';
import { AdjustSkuStock } from './adjust-sku-stock.service.js';
import { CatalogController } from './catalog.controller.js';
import { Catalog } from './catalog.service.js';
import { CatalogScopes } from './catalog-scopes.js';
import { CountSalesWhenOrderPaid } from './count-sales-when-order-paid.handler.js';
import { HqCatalogController } from './hq-catalog.controller.js';
import { PictureCategory } from './picture-category.service.js';
import { PublishProduct } from './publish-product.service.js';
import { UpsertProduct } from './upsert-product.service.js';

/** Brands, categories, products and SKUs. */
@Module({
  imports: [StockModule],
  controllers: [CatalogController, HqCatalogController],
  providers: [
    Catalog,
    CatalogScopes,
    UpsertProduct,
    PictureCategory,
    PublishProduct,
    AdjustSkuStock,
    CountSalesWhenOrderPaid,
  ],
  exports: [Catalog, CatalogScopes, PictureCategory, UpsertProduct],
})
export class CatalogModule {}
