import { Global, Module } from '@nestjs/common';
import { GuidesModule } from '../../distribution/guides/guides.public.js';
import { RATED_GOODS, RatesModule } from '../../distribution/rates/rates.public.js';
import { SHARED_PRODUCTS } from '../../distribution/shared-goods/shared-goods.public.js';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { CatalogModule } from '../catalog/catalog.public.js';
import { CatalogRatedGoods } from './catalog-rated-goods.js';
import { CatalogSharedProducts } from './catalog-shared-products.js';
import { GuideGoodsController } from './guide-goods.controller.js';
import { GuideGoodsQueries } from './guide-goods.queries.js';

/** Global for the ports that it fills: the share links and the rates below ask for them by their tokens. */
@Global()
@Module({
  imports: [CatalogModule, RatesModule, GuidesModule, StoresModule],
  controllers: [GuideGoodsController],
  providers: [
    GuideGoodsQueries,
    { provide: SHARED_PRODUCTS, useClass: CatalogSharedProducts },
    { provide: RATED_GOODS, useClass: CatalogRatedGoods },
  ],
  exports: [SHARED_PRODUCTS, RATED_GOODS],
})
export class GuideGoodsModule {}
