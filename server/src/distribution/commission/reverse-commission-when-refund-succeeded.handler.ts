import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { CommissionEntries } from './commission-entries.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { CommissionHolds } from './commission-holds.js';
import { isChargeable } from './domain/reverse-commission.js';

/** R5.3, R5.4: a refund takes back exactly its share, at any state of the commission; a goodwill refund nothing (D5). */
@Injectable()
@HandlesEvent(EventType.RefundSucceeded, 'reverse-commission-when-refund-succeeded')
export class ReverseCommissionWhenRefundSucceeded implements EventHandler<'refund.succeeded'> {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly holds: CommissionHolds,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'refund.succeeded'>): Promise<void> {
    await this.holds.lift(tx, payload.refundId);
    for (const line of payload.lines) {
      if (line.amountFen === 0) continue;
      const entries = await tx.query<CommissionEntryEntity>(
        'SELECT * FROM commission_entries WHERE orderLineId = ? ORDER BY id',
        [line.orderLineId],
      );
      for (const entry of entries) {
        if (!isChargeable({ goodwill: payload.goodwill, at: payload.requestedAt }, entry.finalAt)) continue;
        await this.entries.reverse(tx, entry.id, payload.refundId, line.amountFen, payload.at);
      }
    }
  }
}
