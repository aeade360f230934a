import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { CommissionHolds } from './commission-holds.js';

/** R5.2: an open after-sale stops the release of its order's commission. */
@Injectable()
@HandlesEvent(EventType.RefundRequested, 'hold-commission-when-refund-requested')
export class HoldCommissionWhenRefundRequested implements EventHandler<'refund.requested'> {
  constructor(private readonly holds: CommissionHolds) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'refund.requested'>): Promise<void> {
    await this.holds.put(tx, payload);
  }
}
