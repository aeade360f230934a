import { Module } from '@nestjs/common';
import { AttributionModule } from '../../distribution/attribution/attribution.public.js';
import { LedgerModule } from '../../distribution/ledger/ledger.public.js';
import { RatesModule } from '../../distribution/rates/rates.public.js';
import { StoresModule } from '../../distribution/stores/stores.public.js';
import { CouponsModule } from '../../marketing/coupons/coupons.public.js';
import { QuotesModule } from '../quotes/quotes.public.js';
import { StockModule } from '../stock/stock.public.js';
import { HqOrdersController } from './hq-orders.controller.js';
import { MarkOrderPaid } from './mark-order-paid.service.js';
import { MergeOrders } from './merge-orders.part.js';
import { MoveOrder } from './move-order.service.js';
import { OrderQueries } from './order.queries.js';
import { OrdersController } from './orders.controller.js';
import { OrderPersonalData } from './personal-orders.part.js';
import { PlaceOrder } from './place-order.service.js';
import { RefundLines } from './refund-lines.js';
import { ReserveForOrder } from './reserve-for-order.service.js';
import { WriteOrder } from './write-order.service.js';

@Module({
  imports: [AttributionModule, RatesModule, CouponsModule, LedgerModule, QuotesModule, StockModule, StoresModule],
  controllers: [OrdersController, HqOrdersController],
  providers: [
    OrderPersonalData,
    MergeOrders,
    MarkOrderPaid,
    MoveOrder,
    OrderQueries,
    PlaceOrder,
    RefundLines,
    ReserveForOrder,
    WriteOrder,
  ],
  exports: [MarkOrderPaid, MoveOrder, OrderQueries, RefundLines],
})
export class OrdersModule {}
