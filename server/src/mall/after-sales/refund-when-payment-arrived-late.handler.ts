import { EventType } from '@mall/shared/events';
import { fen, ZERO_FEN } from '@mall/shared/money';
import { RefundState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { lockOrder, type OrderEntity, RefundEntity } from '../orders/orders.public.js';

/**
 * R7.5: money for a cancelled order goes back by itself; the job sends it. HQ may have given some of it back already, so
 * it is what is left: WeChat refuses more than was paid, and then nothing would go back at all.
 */
@Injectable()
@HandlesEvent(EventType.PaymentArrivedLate, 'refund-when-payment-arrived-late')
export class RefundWhenPaymentArrivedLate implements EventHandler<'payment.arrived-late'> {
  constructor(private readonly clock: WallClock) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'payment.arrived-late'>): Promise<void> {
    await lockOrder(tx, payload.orderId);
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [payload.orderId]);
    if (order === null) throw new Error(`order ${payload.orderId} is gone`);
    const leftFen = fen(order.totalFen - order.refundedFen);
    if (leftFen === 0) return;
    await tx.execute('UPDATE orders SET refundedFen = totalFen WHERE id = ?', [payload.orderId]);
    await tx.insert(RefundEntity, {
      id: newId('rfd'),
      orderId: payload.orderId,
      state: RefundState.Created,
      cause: 'late_payment',
      amountFen: leftFen,
      withheldFen: ZERO_FEN,
      freightFen: ZERO_FEN,
      reason: '订单已取消，款项原路退回',
      goodwill: 0,
      requestedBy: 'system',
      createdAt: payload.at,
      nextCheckAt: this.clock.now(),
      checks: 0,
      succeededAt: null,
      failReason: null,
    });
  }
}
