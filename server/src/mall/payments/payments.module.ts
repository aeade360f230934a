import { Module } from '@nestjs/common';
import { LedgerModule } from '../../distribution/ledger/ledger.public.js';
import { MembersModule } from '../../membership/members/members.public.js';
import { OrdersModule } from '../orders/orders.public.js';
import { CancelUnpaidOrder } from './cancel-unpaid-order.service.js';
import { CancelUnpaidOrders } from './cancel-unpaid-orders.job.js';
import { CheckPayment } from './check-payment.service.js';
import { CheckPayments } from './check-payments.job.js';
import { ConfirmPayment } from './confirm-payment.service.js';
import { DraftPayment } from './draft-payment.service.js';
import { OpenPayment } from './open-payment.service.js';
import { PaymentsController } from './payments.controller.js';
import { Payments } from './payments.js';
import { PaymentPersonalData } from './personal-payments.part.js';
import { ReadPaymentStatus } from './read-payment-status.service.js';

@Module({
  imports: [LedgerModule, MembersModule, OrdersModule],
  controllers: [PaymentsController],
  providers: [
    PaymentPersonalData,
    CancelUnpaidOrder,
    CancelUnpaidOrders,
    CheckPayment,
    CheckPayments,
    ConfirmPayment,
    DraftPayment,
    OpenPayment,
    Payments,
    ReadPaymentStatus,
  ],
  exports: [ConfirmPayment, Payments],
})
export class PaymentsModule {}
