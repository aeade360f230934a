import { ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { accountName, faultOf, type Leg } from './domain/posting.js';
import { LedgerBalanceEntity } from './ledger-balance.entity.js';
import { LedgerLegEntity } from './ledger-leg.entity.js';
import { LedgerTransactionEntity } from './ledger-transaction.entity.js';

export interface Posting {
  sourceKind: 'order' | 'commission-entry' | 'refund' | 'dispute' | 'payout' | 'payout-transfer';
  sourceId: string;
  /** Tells facts of one source apart; empty when there is one. */
  payee: string;
  fact: string;
  /** Business clock, epoch ms. */
  occurredAt: number;
  legs: readonly Leg[];
  orderId: string | null;
  entryId?: string | null;
}

/** R5.1: the only way to write money. Insert-only; a correction is another posting. */
@Injectable()
export class Ledger {
  constructor(private readonly clock: WallClock) {}

  /** Writes the posting, once for each business fact. Says whether it was new; throws on legs that do not balance. */
  async post(tx: Tx, posting: Posting): Promise<boolean> {
    const fault = faultOf(posting.legs);
    if (fault !== null) throw new Error(`${posting.sourceKind} ${posting.sourceId} ${posting.fact}: ${fault}`);
    const transactionId = newId('jrn');
    const fresh = await tx.insertOnce(LedgerTransactionEntity, {
      id: transactionId,
      sourceKind: posting.sourceKind,
      sourceId: posting.sourceId,
      payee: posting.payee,
      fact: posting.fact,
      occurredAt: posting.occurredAt,
      recordedAt: this.clock.now(),
    });
    if (!fresh) return false;
    await tx.insert(
      LedgerLegEntity,
      posting.legs.map(({ account, amountFen }) => ({
        id: newId('leg'),
        transactionId,
        ownerKind: account.ownerKind,
        ownerId: 'ownerId' in account ? account.ownerId : '',
        bucket: account.bucket,
        amountFen,
        orderId: posting.orderId,
        entryId: posting.entryId ?? null,
      })),
    );
    for (const leg of posting.legs) await this.carry(tx, leg);
    return true;
  }

  /**
   * Like {@link post}, if the payee's account that `legs` debit still covers it (R5.5, D10: the UPDATE decides, nothing
   * is read first). `covered` false: nothing was written.
   */
  async postIfCovered(tx: Tx, posting: Posting): Promise<{ covered: boolean; posted: boolean }> {
    const debit = posting.legs.find(({ account, amountFen }) => 'ownerId' in account && amountFen < 0);
    if (debit === undefined) throw new Error('a conditional posting debits a payee');
    // Takes the row's lock, where there are locks, and keeps it until the posting below has carried it.
    const covered = await tx.execute(
      'UPDATE ledger_balances SET balanceFen = balanceFen + 0 WHERE account = ? AND balanceFen >= ?',
      [accountName(debit.account), -debit.amountFen],
    );
    if (covered === 0) return { covered: false, posted: false };
    return { covered: true, posted: await this.post(tx, posting) };
  }

  private async carry(tx: Tx, { account, amountFen }: Leg): Promise<void> {
    if (!('ownerId' in account)) return;
    const name = accountName(account);
    const add = (): Promise<number> =>
      tx.execute('UPDATE ledger_balances SET balanceFen = balanceFen + ? WHERE account = ?', [amountFen, name]);
    if ((await add()) === 1) return;
    // The row starts at zero, so that losing the race to make it costs nothing.
    await tx.insertOnce(LedgerBalanceEntity, {
      account: name,
      ownerKind: account.ownerKind,
      ownerId: account.ownerId,
      bucket: account.bucket,
      balanceFen: ZERO_FEN,
    });
    if ((await add()) !== 1) throw new Error(`balance ${name} cannot be carried`);
  }
}
