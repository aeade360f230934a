import { Module } from '@nestjs/common';
import { AfterSalesModule } from './after-sales/after-sales.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { FreightModule } from './freight/freight.module.js';
import { FulfilmentModule } from './fulfilment/fulfilment.module.js';
import { GuideGoodsModule } from './guide-goods/guide-goods.module.js';
import { NoticesModule } from './notices/notices.module.js';
import { OrdersModule } from './orders/orders.module.js';
import { PaymentsModule } from './payments/payments.module.js';
import { QuotesModule } from './quotes/quotes.module.js';
import { ShippingModule } from './shipping/shipping.module.js';
import { StockModule } from './stock/stock.module.js';

/** 商城系统: goods, stock, freight, quotes, orders, payments, parcels, money back. */
@Module({
  imports: [
    AfterSalesModule,
    CatalogModule,
    FreightModule,
    FulfilmentModule,
    GuideGoodsModule,
    NoticesModule,
    OrdersModule,
    PaymentsModule,
    QuotesModule,
    ShippingModule,
    StockModule,
  ],
})
export class MallModule {}
