import { EventType, type RefundSucceededPayload } from '@mall/shared/events';
import { type Fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { SoldGoods } from '../sales/sales.public.js';
import { CommissionEntries } from './commission-entries.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { CommissionHolds } from './commission-holds.js';
import { CommissionRefundEntity } from './commission-refund.entity.js';
import { bearingOf } from './domain/commission-moves.js';

/** R5.3, R5.4: a refund takes back exactly its share, at any state of the commission; a goodwill refund nothing (D5). */
@Injectable()
@HandlesEvent(EventType.RefundSucceeded, 'reverse-commission-when-refund-succeeded')
export class ReverseCommissionWhenRefundSucceeded implements EventHandler<'refund.succeeded'> {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly holds: CommissionHolds,
    private readonly sold: SoldGoods,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'refund.succeeded'>): Promise<void> {
    await this.holds.lift(tx, payload.refundId);
    await this.sold.lock(tx, payload.orderId);
    const finalAt = (await this.sold.order(tx, payload.orderId))?.finalAt ?? null;
    const bearing = bearingOf({ goodwill: payload.goodwill, at: payload.requestedAt }, finalAt);
    for (const { orderLineId, amountFen } of payload.lines) {
      if (amountFen === 0) continue;
      if (bearing === 'charged') await this.sold.refunded(tx, orderLineId, amountFen);
      const entries = await tx.query<CommissionEntryEntity>(
        'SELECT * FROM commission_entries WHERE orderLineId = ? ORDER BY id',
        [orderLineId],
      );
      for (const { id } of entries) await this.bear(tx, id, payload, amountFen, bearing);
    }
  }

  /** Once for each entry and refund, whatever reports it. */
  private async bear(
    tx: Tx,
    entryId: string,
    { refundId, at }: RefundSucceededPayload,
    amountFen: Fen,
    bearing: CommissionRefundEntity['bearing'],
  ): Promise<void> {
    const row: CommissionRefundEntity = { entryId, refundId, amountFen, bearing, reversedFen: ZERO_FEN, at };
    if (!(await tx.insertOnce(CommissionRefundEntity, row)) || bearing !== 'charged') return;
    const reversedFen = await this.entries.reverse(tx, entryId, refundId, amountFen, at);
    await tx.execute('UPDATE commission_refunds SET reversedFen = ? WHERE entryId = ? AND refundId = ?', [
      reversedFen,
      entryId,
      refundId,
    ]);
  }
}
