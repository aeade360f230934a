import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';

/** Keeps what "best selling" sorts by: pieces that customers have paid for, returned or not. */
@Injectable()
@HandlesEvent(EventType.OrderPaid, 'count-sales-when-order-paid')
export class CountSalesWhenOrderPaid implements EventHandler<typeof EventType.OrderPaid> {
  async handle(tx: Tx, { payload }: OutboxEvent<typeof EventType.OrderPaid>): Promise<void> {
    const pieces = new Map<string, number>();
    for (const { productId, quantity } of payload.lines) {
      pieces.set(productId, (pieces.get(productId) ?? 0) + quantity);
    }
    // In one order over all handlers, so that two orders of the same goods never wait for each other in a ring.
    for (const [productId, quantity] of [...pieces].sort(([a], [b]) => (a < b ? -1 : 1))) {
      await tx.execute('UPDATE products SET soldCount = soldCount + ? WHERE id = ?', [quantity, productId]);
    }
  }
}
