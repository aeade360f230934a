import { Global, Module } from '@nestjs/common';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { CouponsModule, GIFT_CATALOGUE } from '../../marketing/coupons/coupons.public.js';
import { AddressesModule } from '../../membership/addresses/addresses.public.js';
import { CatalogModule } from '../catalog/catalog.public.js';
import { FreightModule } from '../freight/freight.public.js';
import { StockModule } from '../stock/stock.public.js';
import { GiftShelf } from './gift-shelf.js';
import { PriceOrder } from './price-order.service.js';
import { QuotesController } from './quotes.controller.js';

/** Global for the port that it fills: the coupons below ask whether a gift exists. */
@Global()
@Module({
  imports: [AddressesModule, CatalogModule, CouponsModule, FreightModule, StockModule, StoresModule],
  controllers: [QuotesController],
  providers: [GiftShelf, PriceOrder, { provide: GIFT_CATALOGUE, useExisting: GiftShelf }],
  exports: [GIFT_CATALOGUE, PriceOrder],
})
export class QuotesModule {}
