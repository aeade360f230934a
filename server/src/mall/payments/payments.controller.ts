import type { PaymentParams, PaymentStatus } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type OrderDetailView, OrderQueries } from '../orders/orders.public.js';
import { CancelUnpaidOrder } from './cancel-unpaid-order.service.js';
import { OpenPayment } from './open-payment.service.js';
import { ReadPaymentStatus } from './read-payment-status.service.js';

/** Paying an order, and cancelling one, which begins by closing its payment. */
@ApiTags('orders')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/orders/:id')
export class PaymentsController {
  constructor(
    private readonly openPayment: OpenPayment,
    private readonly statusOf: ReadPaymentStatus,
    private readonly cancelUnpaid: CancelUnpaidOrder,
    private readonly orders: OrderQueries,
  ) {}

  @Post('payment')
  @HttpCode(200)
  @ApiOperation({ summary: 'Arguments for wx.requestPayment; may be asked again until the order is paid or cancelled' })
  pay(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<PaymentParams> {
    return this.openPayment.execute(actor.memberId, orderId);
  }

  @Get('payment')
  @ApiOperation({ summary: 'Whether the order is paid; asks WeChat when the notice has not come yet (R7.5)' })
  status(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<PaymentStatus> {
    return this.statusOf.execute(actor.memberId, orderId);
  }

  @Post('cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Cancel an unpaid order: the payment is closed and asked for first (R7.1)' })
  async cancel(@CurrentMember() actor: MemberActor, @Param('id') orderId: string): Promise<OrderDetailView> {
    await this.orders.requireOwn(actor.memberId, orderId);
    const outcome = await this.cancelUnpaid.execute(orderId, 'customer');
    if (outcome !== 'cancelled') {
      const detail = outcome === 'paid' ? '订单已付款，不能取消' : '支付状态确认中，请稍后再试';
      throw new ProblemError(outcome === 'paid' ? ProblemType.OrderStateConflict : ProblemType.PaymentPending, {
        detail,
      });
    }
    return this.orders.detail(actor.memberId, orderId);
  }
}
