import { Module } from '@nestjs/common';
import { LedgerModule } from '../../distribution/ledger/ledger.public.js';
import { MembersModule } from '../../membership/members/members.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { CancelUnpaidOrder } from './cancel-unpaid-order.service.js';
import { CancelUnpaidOrders } from './cancel-unpaid-orders.job.js';
import { CheckPayment } from './check-payment.service.js';
import { CheckPayments } from './check-payments.job.js';
import { ConfirmPayment } from './confirm-payment.service.js';
import { OpenPayment } from './open-payment.service.js';
import { PaymentsController } from './payments.controller.js';

@Module({
  imports: [LedgerModule, MembersModule, OrdersModule],
  controllers: [PaymentsController],
  providers: [CancelUnpaidOrder, CancelUnpaidOrders, CheckPayment, CheckPayments, ConfirmPayment, OpenPayment],
  exports: [ConfirmPayment],
})
export class PaymentsModule {}
