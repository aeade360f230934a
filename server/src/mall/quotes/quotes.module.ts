import { Module } from '@nestjs/common';
import { CouponsModule } from '../../marketing/coupons/coupons.public.js';
import { AddressesModule } from '../../membership/addresses/addresses.public.js';
import { CatalogModule } from '../catalog/catalog.public.js';
import { FreightModule } from '../freight/freight.public.js';
import { PriceOrder } from './price-order.service.js';
import { QuotesController } from './quotes.controller.js';

@Module({
  imports: [AddressesModule, CatalogModule, CouponsModule, FreightModule],
  controllers: [QuotesController],
  providers: [PriceOrder],
  exports: [PriceOrder],
})
export class QuotesModule {}
