import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { VoidCouponsService } from '../coupons/coupons.public.js';

/** R6.3: a coupon that a fully refunded order has earned is void if unused. A partial refund leaves it. */
@Injectable()
@HandlesEvent(EventType.RefundSucceeded, 'void-unused-coupons-when-order-fully-refunded')
export class VoidUnusedCouponsWhenOrderFullyRefunded implements EventHandler<typeof EventType.RefundSucceeded> {
  constructor(private readonly voidCoupons: VoidCouponsService) {}

  async handle(tx: Tx, { payload }: OutboxEvent<typeof EventType.RefundSucceeded>): Promise<void> {
    if (payload.orderFullyRefunded) await this.voidCoupons.execute(tx, payload.orderId, payload.at);
  }
}
