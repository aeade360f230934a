import { Module } from '@nestjs/common';
import { CommissionModule } from '../../distribution/commission/commission.public.js';
import { LedgerModule } from '../../distribution/ledger/ledger.public.js';
import { PayoutsModule } from '../../distribution/payouts/payouts.public.js';
import { CouponsModule } from '../../marketing/coupons/coupons.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { PaymentsModule } from '../payments/payments.public.js';
import { StockModule } from '../stock/stock.public.js';
import { AfterSalesController } from './after-sales.controller.js';
import { BookRefund } from './book-refund.service.js';
import { MoneyTasksController } from './money-tasks.controller.js';
import { OpenAfterSale } from './open-after-sale.js';
import { PlanRefund } from './plan-refund.service.js';
import { RefundWhenPaymentArrivedLate } from './refund-when-payment-arrived-late.handler.js';
import { RequestRefund } from './request-refund.service.js';
import { RerouteRefund } from './reroute-refund.service.js';
import { SettleRefund } from './settle-refund.service.js';
import { SubmitRefund } from './submit-refund.service.js';
import { SubmitRefunds } from './submit-refunds.job.js';
import { TakeRefund } from './take-refund.service.js';

@Module({
  imports: [CommissionModule, CouponsModule, LedgerModule, OrdersModule, PaymentsModule, PayoutsModule, StockModule],
  controllers: [AfterSalesController, MoneyTasksController],
  providers: [
    BookRefund,
    OpenAfterSale,
    PlanRefund,
    RefundWhenPaymentArrivedLate,
    RequestRefund,
    RerouteRefund,
    SettleRefund,
    SubmitRefund,
    SubmitRefunds,
    TakeRefund,
  ],
  exports: [SettleRefund],
})
export class AfterSalesModule {}
