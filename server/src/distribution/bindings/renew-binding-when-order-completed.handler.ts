import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Bindings } from './bindings.js';

/** R2.3: a completed order restarts both clocks of the binding that it belongs to. */
@Injectable()
@HandlesEvent(EventType.OrderCompleted, 'renew-binding-when-order-completed')
export class RenewBindingWhenOrderCompleted implements EventHandler<'order.completed'> {
  constructor(private readonly bindings: Bindings) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'order.completed'>): Promise<void> {
    const { orderId, at } = payload;
    const ended = await this.bindings.endOrder(tx, orderId, at);
    if (ended !== null) await this.bindings.renewOnCompletedOrder(tx, { orderId, bindingId: ended.bindingId, at });
  }
}
