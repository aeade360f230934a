import { bps, type Fen, fen, subtractFen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Ledger, move } from '../ledger/ledger.public.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { reversalOf } from './domain/reverse-commission.js';

type Bucket = 'pending' | 'frozen' | 'available';

/** The bucket that still holds an entry's money. */
function bucketOf(entry: CommissionEntryEntity): Bucket {
  return entry.state === 'pending' || entry.state === 'frozen' ? entry.state : 'available';
}

export interface FreezeTimes {
  receivedAt: number;
  availableAt: number;
  finalAt: number;
}

/**
 * The moves of a commission entry. Each begins with a conditional update, which takes the row's lock where there are
 * locks, and only then reads what it holds: a refund and a release of one line cannot both act on the old amount (D7).
 */
@Injectable()
export class CommissionEntries {
  constructor(private readonly ledger: Ledger) {}

  /** pending → frozen. False when it was not pending any more. */
  async freeze(tx: Tx, entryId: string, times: FreezeTimes): Promise<boolean> {
    const moved = await tx.execute(
      `UPDATE commission_entries SET state = 'frozen', receivedAt = ?, availableAt = ?, finalAt = ?
       WHERE id = ? AND state = 'pending'`,
      [times.receivedAt, times.availableAt, times.finalAt, entryId],
    );
    if (moved === 0) return false;
    await this.carry(tx, entryId, 'frozen', times.receivedAt, 'pending', 'frozen');
    return true;
  }

  /** frozen → available once its time has come and no after-sale of the order is open. Returns what was released, or null when it was not due any more. */
  async release(tx: Tx, entryId: string, at: number): Promise<CommissionEntryEntity | null> {
    const moved = await tx.execute(
      `UPDATE commission_entries SET state = 'available' WHERE id = ? AND state = 'frozen' AND availableAt <= ?
         AND NOT EXISTS (SELECT 1 FROM commission_holds h WHERE h.orderId = commission_entries.orderId)`,
      [entryId, at],
    );
    return moved === 0 ? null : this.carry(tx, entryId, 'released', at, 'frozen', 'available');
  }

  /**
   * Takes back what a chargeable refund of `amountFen` costs this entry (R5.3).
   * @throws when the refund passes what is left of the base: the order refused such a refund before
   */
  async reverse(tx: Tx, entryId: string, refundId: string, amountFen: Fen, at: number): Promise<Fen> {
    const counted = await tx.execute(
      'UPDATE commission_entries SET refundedBaseFen = refundedBaseFen + ? WHERE id = ? AND refundedBaseFen + ? <= baseFen',
      [amountFen, entryId, amountFen],
    );
    if (counted === 0) throw new Error(`refund ${refundId} passes the base of commission ${entryId}`);
    const entry = await this.get(tx, entryId);
    const reversalFen = reversalOf({ ...entry, rateBps: bps(entry.rateBps) });
    // An entry whose whole base is gone has nothing left to wait for.
    const state = entry.refundedBaseFen === entry.baseFen && entry.state !== 'available' ? 'void' : entry.state;
    await tx.execute('UPDATE commission_entries SET reversedFen = reversedFen + ?, state = ? WHERE id = ?', [
      reversalFen,
      state,
      entryId,
    ]);
    if (reversalFen > 0) {
      await this.ledger.post(tx, {
        sourceKind: 'refund',
        sourceId: refundId,
        payee: entryId,
        fact: 'reversed',
        occurredAt: at,
        orderId: entry.orderId,
        entryId,
        legs: move(
          reversalFen,
          { ownerKind: entry.payeeKind, ownerId: entry.payeeId, bucket: bucketOf(entry) },
          { ownerKind: 'hq', bucket: 'commission' },
        ),
      });
    }
    return reversalFen;
  }

  private async carry(tx: Tx, entryId: string, fact: string, at: number, from: Bucket, to: Bucket) {
    const entry = await this.get(tx, entryId);
    const amountFen = subtractFen(entry.postedFen, entry.reversedFen);
    if (amountFen > 0) {
      await this.ledger.post(tx, {
        sourceKind: 'commission-entry',
        sourceId: entryId,
        payee: '',
        fact,
        occurredAt: at,
        orderId: entry.orderId,
        entryId,
        legs: move(
          amountFen,
          { ownerKind: entry.payeeKind, ownerId: entry.payeeId, bucket: from },
          { ownerKind: entry.payeeKind, ownerId: entry.payeeId, bucket: to },
        ),
      });
    }
    return entry;
  }

  private async get(tx: Tx, entryId: string): Promise<CommissionEntryEntity> {
    const entry = await tx.first<CommissionEntryEntity>('SELECT * FROM commission_entries WHERE id = ?', [entryId]);
    if (entry === null) throw new Error(`commission ${entryId} is gone`);
    return entry;
  }
}

/** What an entry is still worth. */
export function standingOf(entry: Pick<CommissionEntryEntity, 'postedFen' | 'reversedFen'>): Fen {
  return fen(entry.postedFen - entry.reversedFen);
}
