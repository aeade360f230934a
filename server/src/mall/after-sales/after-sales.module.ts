import { Module } from '@nestjs/common';
import { LedgerModule } from '../../distribution/ledger/ledger.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { StockModule } from '../stock/stock.public.js';
import { AfterSalesController } from './after-sales.controller.js';
import { RefundWhenPaymentArrivedLate } from './refund-when-payment-arrived-late.handler.js';
import { RequestRefund } from './request-refund.service.js';
import { SettleRefund } from './settle-refund.service.js';
import { SubmitRefund } from './submit-refund.service.js';
import { SubmitRefunds } from './submit-refunds.job.js';

@Module({
  imports: [LedgerModule, OrdersModule, StockModule],
  controllers: [AfterSalesController],
  providers: [RefundWhenPaymentArrivedLate, RequestRefund, SettleRefund, SubmitRefund, SubmitRefunds],
  exports: [SettleRefund],
})
export class AfterSalesModule {}
