import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { CommissionHolds } from './commission-holds.js';

/** A refund that failed holds nothing any more. */
@Injectable()
@HandlesEvent(EventType.RefundFailed, 'free-commission-when-refund-failed')
export class FreeCommissionWhenRefundFailed implements EventHandler<'refund.failed'> {
  constructor(private readonly holds: CommissionHolds) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'refund.failed'>): Promise<void> {
    await this.holds.lift(tx, payload.refundId);
  }
}
