import { bps, type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Ledger } from '../ledger/ledger.public.js';
import { CommissionEntries } from './commission-entries.js';
import { CommissionMoveEntity } from './commission-move.entity.js';
import { holdingsOf, standingOf } from './domain/commission-moves.js';

export interface CommissionMove {
  entryId: string;
  fromPayeeId: string;
  toPayeeId: string;
  disputeId: string;
  /** Business clock. */
  at: number;
}

/** A dispute's decision gives a commission to another payee, as it lies: pending, frozen or available (R5.3, C10). */
@Injectable()
export class MoveCommission {
  constructor(
    private readonly entries: CommissionEntries,
    private readonly ledger: Ledger,
  ) {}

  /**
   * What was paid out to the old holder already is a debt of hers from here on.
   *
   * @returns what it was still worth; null when it was not in those hands any more
   */
  async execute(tx: Tx, move: CommissionMove): Promise<Fen | null> {
    const { entryId, fromPayeeId, toPayeeId, disputeId, at } = move;
    const moved = await tx.execute('UPDATE commission_entries SET payeeId = ? WHERE id = ? AND payeeId = ?', [
      toPayeeId,
      entryId,
      fromPayeeId,
    ]);
    if (moved === 0) return null;
    const entry = await this.entries.find(tx, entryId);
    if (entry === null) throw new Error(`commission ${entryId} is gone`);
    const numbers = { ...entry, rateBps: bps(entry.rateBps), tailBps: bps(entry.tailBps) };
    const amountFen = standingOf(entry);
    await this.record(tx, { entryId, disputeId, fromPayeeId, toPayeeId, amountFen, at });
    if (amountFen === 0) return ZERO_FEN;
    const { payeeKind: ownerKind, orderId } = entry;
    await this.ledger.post(tx, {
      sourceKind: 'dispute',
      sourceId: disputeId,
      payee: entryId,
      fact: 'moved',
      occurredAt: at,
      orderId,
      entryId,
      legs: holdingsOf(numbers).flatMap(({ bucket, amountFen: part }) => [
        { account: { ownerKind, ownerId: fromPayeeId, bucket }, amountFen: fen(-part) },
        { account: { ownerKind, ownerId: toPayeeId, bucket }, amountFen: part },
      ]),
    });
    return amountFen;
  }

  /** Keeps who gave it to whom; `fromPayeeId` null: nobody had earned it. */
  async record(tx: Tx, move: Omit<CommissionMoveEntity, 'id'>): Promise<void> {
    await tx.insert(CommissionMoveEntity, { id: newId('cmv'), ...move });
  }
}
