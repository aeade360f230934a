import type { Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { type AvailableMove, derivePaid, type EntryMoney } from './domain/derive-paid.js';

interface MoveRow {
  sourceKind: string;
  sourceId: string;
  requestId: string | null;
  bucket: string;
  amountFen: Fen;
  entryId: string | null;
}

/** Which of a guide's commissions were paid out (R5.3): derived from the ledger at every reading, stored nowhere. */
@Injectable()
export class PaidQueries {
  /** Entry id → its paid and its open part. Entries that never were available are absent. */
  async ofGuide(reader: Reader, guideId: string): Promise<Map<string, EntryMoney>> {
    // In the order of posting: a late notice may report an older refund, but payouts took what stood there then.
    const rows = await reader.query<MoveRow>(
      `SELECT t.sourceKind, t.sourceId, p.requestId, l.bucket, l.amountFen, l.entryId
       FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId
         LEFT JOIN payout_transfers p ON p.id = t.sourceId
       WHERE l.ownerKind = 'guide' AND l.ownerId = ? AND l.bucket IN ('available', 'paid', 'withheld')
       ORDER BY t.recordedAt, t.id, l.id`,
      [guideId],
    );
    return derivePaid(movesOf(rows)).entries;
  }
}

/** Money that is on its way has not been paid: of a payout only what arrived counts, at the place where it was asked for. */
function movesOf(rows: readonly MoveRow[]): AvailableMove[] {
  const arrived = new Map<string, number>();
  for (const { bucket, amountFen, requestId, sourceId } of rows) {
    // Gross: what was withheld of it is paid for her.
    if (bucket !== 'available')
      arrived.set(requestId ?? sourceId, (arrived.get(requestId ?? sourceId) ?? 0) + amountFen);
  }
  return rows.flatMap((row): AvailableMove[] => {
    if (row.bucket !== 'available') return [];
    const { sourceKind, sourceId, requestId, amountFen, entryId } = row;
    if (sourceKind === 'payout' || sourceKind === 'payout-transfer') {
      const payoutId = requestId ?? sourceId;
      const paidFen = arrived.get(payoutId) ?? 0;
      arrived.delete(payoutId);
      return paidFen > 0 ? [{ kind: 'payout', payoutId, amountFen: paidFen }] : [];
    }
    const away = sourceKind === 'dispute' ? 'moved' : 'debit';
    // A leg without an entry would be a correction by hand: it stands for itself.
    return [{ kind: amountFen > 0 ? 'credit' : away, entryId: entryId ?? sourceId, amountFen: Math.abs(amountFen) }];
  });
}
