import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Bindings } from './bindings.js';

/** R2.3: a fully refunded order no longer holds a binding's protection, and renews nothing. */
@Injectable()
@HandlesEvent(EventType.RefundSucceeded, 'release-binding-when-order-refunded')
export class ReleaseBindingWhenOrderRefunded implements EventHandler<'refund.succeeded'> {
  constructor(private readonly bindings: Bindings) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'refund.succeeded'>): Promise<void> {
    if (payload.orderFullyRefunded) await this.bindings.endOrder(tx, payload.orderId, payload.at);
  }
}
