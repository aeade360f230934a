import { Global, Module } from '@nestjs/common';
import { GuidesModule } from '../../distribution/guides/guides.public.js';
import { RatesModule } from '../../distribution/rates/rates.public.js';
import { SHARED_PRODUCTS } from '../../distribution/share-links/share-links.public.js';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { CatalogModule } from '../catalog/catalog.public.js';
import { CatalogSharedProducts } from './catalog-shared-products.js';
import { GuideGoodsController } from './guide-goods.controller.js';
import { GuideGoodsQueries } from './guide-goods.queries.js';

/** Global for the one port that it fills: the share links below ask for it by its token. */
@Global()
@Module({
  imports: [CatalogModule, RatesModule, GuidesModule, StoresModule],
  controllers: [GuideGoodsController],
  providers: [GuideGoodsQueries, { provide: SHARED_PRODUCTS, useClass: CatalogSharedProducts }],
  exports: [SHARED_PRODUCTS],
})
export class GuideGoodsModule {}
