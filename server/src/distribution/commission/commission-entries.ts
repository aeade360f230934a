import { bps, type Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { type Account, Ledger, type Leg, type Posting } from '../ledger/ledger.public.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import {
  type Commission,
  freeze,
  lapse,
  type Moved,
  type Movement,
  release,
  releaseTail,
  reverse,
} from './domain/commission-moves.js';

export interface FreezeTimes {
  receivedAt: number;
  availableAt: number;
  finalAt: number;
  /** When a tail that waits for days vests. */
  tailDueAt: number;
}

type Fact = Pick<Posting, 'sourceKind' | 'sourceId' | 'payee' | 'fact'>;

/** R5.2: nothing is released while an after-sale of the order is open. R2.4: nor while its guide is suspended. */
export const IS_FREE = `NOT EXISTS (SELECT 1 FROM commission_holds h WHERE h.orderId = commission_entries.orderId)
  AND NOT EXISTS (SELECT 1 FROM guides g WHERE commission_entries.payeeKind = 'guide'
    AND g.id = commission_entries.payeeId AND g.status = 'suspended')`;

/**
 * The moves of a commission entry. Each begins with a conditional update, which takes the row's lock where there are
 * locks, and only then reads what it holds: a refund and a release of one line cannot both act on the old amount (D7).
 * What changes is worked out by domain/commission-moves.ts; here it is written.
 */
@Injectable()
export class CommissionEntries {
  constructor(private readonly ledger: Ledger) {}

  /** pending → frozen. False when it was not pending any more. */
  async freeze(tx: Tx, entryId: string, times: FreezeTimes): Promise<boolean> {
    const { receivedAt, availableAt, finalAt, tailDueAt } = times;
    const moved = await tx.execute(
      `UPDATE commission_entries SET receivedAt = ?, availableAt = ?, finalAt = ?,
         tailDueAt = CASE WHEN tailVesting = 'days' THEN ? WHEN tailVesting = 'second_order' THEN ? ELSE NULL END
       WHERE id = ? AND state = 'pending'`,
      [receivedAt, availableAt, finalAt, tailDueAt, finalAt, entryId],
    );
    if (moved === 0) return false;
    await this.apply(tx, entryId, freeze, this.own(entryId, 'frozen'), receivedAt);
    return true;
  }

  /** frozen → available once its time has come. Returns what was released, or null when it was not due (any more). */
  async release(tx: Tx, entryId: string, at: number): Promise<Fen | null> {
    const moved = await tx.execute(
      `UPDATE commission_entries SET releasedAt = ? WHERE id = ? AND state = 'frozen' AND availableAt <= ? AND ${IS_FREE}`,
      [at, entryId, at],
    );
    return moved === 0 ? null : this.apply(tx, entryId, release, this.own(entryId, 'released'), at);
  }

  /** A tail that vests by time is earned once its day has come (R4.6). */
  async vestByTime(tx: Tx, entryId: string, at: number): Promise<boolean> {
    const vested = await tx.execute(
      `UPDATE commission_entries SET tailState = 'vested'
       WHERE id = ? AND tailState = 'waiting' AND tailVesting = 'days' AND tailDueAt <= ? AND state <> 'void'
         AND NOT EXISTS (SELECT 1 FROM commission_holds h WHERE h.orderId = commission_entries.orderId)`,
      [entryId, at],
    );
    return vested === 1;
  }

  /** Tails of the member's earlier orders are earned by her next one (R4.6). */
  async vestBySecondOrder(tx: Tx, order: { memberId: string; orderId: string; orderedAt: number }): Promise<void> {
    const { memberId, orderId, orderedAt } = order;
    await tx.execute(
      `UPDATE commission_entries SET tailState = 'vested'
       WHERE memberId = ? AND tailState = 'waiting' AND tailVesting = 'second_order'
         AND (tailDueAt IS NULL OR tailDueAt > ?) AND orderId IN (
         SELECT orderId FROM sold_orders WHERE memberId = ? AND (orderedAt < ? OR (orderedAt = ? AND orderId < ?)))`,
      [memberId, orderedAt, memberId, orderedAt, orderedAt, orderId],
    );
  }

  /** The tails of one order are earned: the member has bought again. */
  async vestTailsOf(tx: Tx, orderId: string): Promise<void> {
    await tx.execute(
      `UPDATE commission_entries SET tailState = 'vested'
       WHERE orderId = ? AND tailState = 'waiting' AND tailVesting = 'second_order'`,
      [orderId],
    );
  }

  /** An earned tail follows its head. Null when there is nothing to release (any more). */
  async releaseTail(tx: Tx, entryId: string, at: number): Promise<Fen | null> {
    const moved = await tx.execute(
      `UPDATE commission_entries SET tailState = 'vested'
       WHERE id = ? AND tailState = 'vested' AND state = 'available' AND ${IS_FREE}`,
      [entryId],
    );
    return moved === 0 ? null : this.apply(tx, entryId, releaseTail, this.own(entryId, 'vested'), at);
  }

  /** Finality without a second order: the tail is HQ's (R4.6). */
  async lapseTail(tx: Tx, entryId: string, at: number): Promise<boolean> {
    const moved = await tx.execute(
      `UPDATE commission_entries SET tailState = 'waiting'
       WHERE id = ? AND tailState = 'waiting' AND tailVesting = 'second_order' AND tailDueAt <= ?`,
      [entryId, at],
    );
    if (moved === 0) return false;
    await this.apply(tx, entryId, lapse, this.own(entryId, 'lapsed'), at);
    return true;
  }

  /**
   * Takes back what a chargeable refund of `amountFen` costs this entry's present holder (R5.3, C10). Returns it.
   * @throws when the refund passes what is left of the base: the order refused such a refund before
   */
  async reverse(tx: Tx, entryId: string, refundId: string, amountFen: Fen, at: number): Promise<Fen> {
    // The base is taken here, under the row's lock, and handed to the calculation as it was before.
    const counted = await tx.execute(
      'UPDATE commission_entries SET refundedBaseFen = refundedBaseFen + ? WHERE id = ? AND refundedBaseFen + ? <= baseFen',
      [amountFen, entryId, amountFen],
    );
    if (counted === 0) throw new Error(`refund ${refundId} passes the base of commission ${entryId}`);
    const fact: Fact = { sourceKind: 'refund', sourceId: refundId, payee: entryId, fact: 'reversed' };
    const taken = (entry: CommissionEntry): Moved<CommissionEntry> =>
      reverse({ ...entry, refundedBaseFen: (entry.refundedBaseFen - amountFen) as Fen }, amountFen);
    return this.apply(tx, entryId, taken, fact, at);
  }

  async find(reader: Reader, entryId: string): Promise<CommissionEntryEntity | null> {
    return reader.first<CommissionEntryEntity>('SELECT * FROM commission_entries WHERE id = ?', [entryId]);
  }

  private own(entryId: string, fact: string): Fact {
    return { sourceKind: 'commission-entry', sourceId: entryId, payee: '', fact };
  }

  /** Works the move out from the locked row, writes the changed numbers and posts. Returns the sum that moved. */
  private async apply(
    tx: Tx,
    entryId: string,
    move: (entry: CommissionEntry) => Moved<CommissionEntry>,
    fact: Fact,
    at: number,
  ): Promise<Fen> {
    const row = await this.find(tx, entryId);
    if (row === null) throw new Error(`commission ${entryId} is gone`);
    const { commission, movements } = move({ ...row, rateBps: bps(row.rateBps), tailBps: bps(row.tailBps) });
    await tx.execute(
      `UPDATE commission_entries SET state = ?, tailState = ?, tailFen = ?, reversedFen = ?, lapsedFen = ? WHERE id = ?`,
      [
        commission.state,
        commission.tailState,
        commission.tailFen,
        commission.reversedFen,
        commission.lapsedFen,
        entryId,
      ],
    );
    const sum = movements.reduce<number>((all, { amountFen }) => all + amountFen, 0) as Fen;
    if (sum > 0) {
      const { orderId } = row;
      await this.ledger.post(tx, {
        ...fact,
        occurredAt: noSooner(at, row),
        orderId,
        entryId,
        legs: legsOf(row, movements),
      });
    }
    return sum;
  }
}

/**
 * A fact that is learned late is dated no sooner than what it builds on: money cannot leave a bucket before it came
 * there, or a month's statement would close below zero.
 */
function noSooner(at: number, { accruedAt, receivedAt, releasedAt }: CommissionEntryEntity): number {
  return Math.max(at, accruedAt, receivedAt ?? at, releasedAt ?? at);
}

type CommissionEntry = CommissionEntryEntity & Commission;

/** The ledger's legs of what moved in a payee's hands. */
export function legsOf(
  payee: Pick<CommissionEntryEntity, 'payeeKind' | 'payeeId'>,
  movements: readonly Movement[],
): Leg[] {
  const account = (place: Movement['from']): Account =>
    place === 'hq'
      ? { ownerKind: 'hq', bucket: 'commission' }
      : { ownerKind: payee.payeeKind, ownerId: payee.payeeId, bucket: place };
  return movements.flatMap(({ amountFen, from, to }) => [
    { account: account(from), amountFen: -amountFen as Fen },
    { account: account(to), amountFen },
  ]);
}
