import type { Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { type AvailableMove, derivePaid, type EntryMoney } from './domain/derive-paid.js';

interface MoveRow {
  sourceKind: string;
  sourceId: string;
  requestId: string | null;
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
      `SELECT t.sourceKind, t.sourceId, p.requestId, l.amountFen, l.entryId
       FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId
         LEFT JOIN payout_transfers p ON p.id = t.sourceId
       WHERE l.ownerKind = 'guide' AND l.ownerId = ? AND l.bucket = 'available'
       ORDER BY t.recordedAt, t.id, l.id`,
      [guideId],
    );
    return derivePaid(rows.map(toMove)).entries;
  }
}

function toMove({ sourceKind, sourceId, requestId, amountFen, entryId }: MoveRow): AvailableMove {
  const into = amountFen > 0;
  const amount = Math.abs(amountFen);
  if (sourceKind === 'payout' || sourceKind === 'payout-transfer') {
    return { kind: into ? 'returned' : 'payout', payoutId: requestId ?? sourceId, amountFen: amount };
  }
  // A leg without an entry would be a correction by hand: it stands for itself.
  return { kind: into ? 'credit' : 'debit', entryId: entryId ?? sourceId, amountFen: amount };
}
