import { type Fen, fen, negateFen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { businessDay } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { type Account, type Bucket, Ledger, type Leg, move } from '../ledger/ledger.public.js';
import { PayoutDayEntity } from './payout-day.entity.js';
import type { PayoutRequestEntity } from './payout-request.entity.js';
import type { PayoutTransferEntity } from './payout-transfer.entity.js';

const account = (guideId: string, bucket: Bucket): Account => ({ ownerKind: 'guide', ownerId: guideId, bucket });

/** The gross leaves `from`; the net is paid, the rest withheld. */
function arrivalOf({ guideId, grossFen, amountFen }: PayoutTransferEntity, from: Bucket): Leg[] {
  const taxFen = subtractFen(grossFen, amountFen);
  return [
    { account: account(guideId, from), amountFen: negateFen(grossFen) },
    { account: account(guideId, 'paid'), amountFen },
    { account: account(guideId, 'withheld'), amountFen: taxFen },
  ].filter((leg) => leg.amountFen !== 0);
}

type Unsent = Pick<PayoutRequestEntity, 'id' | 'guideId' | 'amountFen' | 'requestedAt' | 'transferCount'>;

/** What a payout does to the guide's accounts and to her day's limit (R5.5). Every fact is posted once. */
@Injectable()
export class PayoutAccounts {
  constructor(private readonly ledger: Ledger) {}

  /** available → paying, if the balance covers it: the UPDATE decides (D10). */
  async debit(tx: Tx, { id, guideId, amountFen }: Unsent, at: number): Promise<boolean> {
    const { covered } = await this.ledger.postIfCovered(tx, {
      sourceKind: 'payout',
      sourceId: id,
      payee: '',
      fact: 'payout-requested',
      occurredAt: at,
      orderId: null,
      legs: move(amountFen, account(guideId, 'available'), account(guideId, 'paying')),
    });
    return covered;
  }

  /**
   * Gives the money of a payout back of which nothing was submitted (D11). The caller has taken the payout out of
   * `requested` or `approved` and ended its transfers.
   */
  async giveBack(tx: Tx, payout: Unsent, at: number): Promise<void> {
    await this.ledger.post(tx, {
      sourceKind: 'payout',
      sourceId: payout.id,
      payee: '',
      fact: 'payout-returned',
      occurredAt: at,
      orderId: null,
      legs: move(payout.amountFen, account(payout.guideId, 'paying'), account(payout.guideId, 'available')),
    });
    await this.giveDayBack(tx, payout, payout.amountFen);
  }

  /** paying → paid and withheld: the net has arrived, and the tax is owed to the tax office for her. */
  async arrive(tx: Tx, transfer: PayoutTransferEntity, at: number): Promise<void> {
    await this.ledger.post(tx, {
      sourceKind: 'payout-transfer',
      sourceId: transfer.id,
      payee: '',
      fact: 'payout-paid',
      occurredAt: at,
      orderId: null,
      legs: arrivalOf(transfer, 'paying'),
    });
  }

  /** paying → available: it did not arrive and will not (D11). */
  async comeBack(tx: Tx, transfer: PayoutTransferEntity, requestedAt: number, at: number): Promise<void> {
    await this.ledger.post(tx, {
      sourceKind: 'payout-transfer',
      sourceId: transfer.id,
      payee: '',
      fact: 'payout-returned',
      occurredAt: at,
      orderId: null,
      legs: move(transfer.grossFen, account(transfer.guideId, 'paying'), account(transfer.guideId, 'available')),
    });
    await this.giveDayBack(tx, { guideId: transfer.guideId, requestedAt }, transfer.grossFen);
  }

  /**
   * available → paid and withheld: it arrived after its money had been given back. The balance may become negative; the day's limit
   * is taken again, whether it fits or not.
   */
  async arriveLate(tx: Tx, transfer: PayoutTransferEntity, requestedAt: number, at: number): Promise<void> {
    await this.ledger.post(tx, {
      sourceKind: 'payout-transfer',
      sourceId: transfer.id,
      payee: '',
      fact: 'payout-paid-late',
      occurredAt: at,
      orderId: null,
      legs: arrivalOf(transfer, 'available'),
    });
    await this.giveDayBack(tx, { guideId: transfer.guideId, requestedAt }, fen(-transfer.grossFen));
  }

  /**
   * Takes the guide's balance for this transaction: what is read of her payouts afterwards stays so until it ends. First
   * of all locks, as wherever her balance moves.
   */
  async hold(tx: Tx, guideId: string): Promise<void> {
    await tx.execute('UPDATE ledger_balances SET balanceFen = balanceFen + 0 WHERE account = ?', [
      `guide:${guideId}:available`,
    ]);
  }

  /** Counts `amountFen` towards the limit of its day. False: it does not fit, and nothing was counted. */
  async takeDay(tx: Tx, { guideId, requestedAt, amountFen }: Unsent, dayMaxFen: number): Promise<boolean> {
    const day = businessDay(requestedAt);
    const take = (): Promise<number> =>
      tx.execute(
        'UPDATE payout_days SET usedFen = usedFen + ? WHERE guideId = ? AND businessDay = ? AND usedFen + ? <= ?',
        [amountFen, guideId, day, amountFen, dayMaxFen],
      );
    if ((await take()) === 1) return true;
    // The day's first request makes the row, at zero: whoever loses the race to make it finds the other's and asks that.
    await tx.insertOnce(PayoutDayEntity, { guideId, businessDay: day, usedFen: ZERO_FEN });
    return (await take()) === 1;
  }

  /** What counts towards the limit of the day that holds `at`. */
  async usedOn(reader: Reader, guideId: string, at: number): Promise<Fen> {
    const row = await reader.first<PayoutDayEntity>('SELECT * FROM payout_days WHERE guideId = ? AND businessDay = ?', [
      guideId,
      businessDay(at),
    ]);
    return fen(Number(row?.usedFen ?? 0));
  }

  async availableOf(reader: Reader, guideId: string): Promise<Fen> {
    const row = await reader.first<{ balanceFen: number }>('SELECT balanceFen FROM ledger_balances WHERE account = ?', [
      `guide:${guideId}:available`,
    ]);
    return fen(Number(row?.balanceFen ?? 0));
  }

  private async giveDayBack(
    tx: Tx,
    { guideId, requestedAt }: Pick<Unsent, 'guideId' | 'requestedAt'>,
    amountFen: Fen,
  ): Promise<void> {
    await tx.execute('UPDATE payout_days SET usedFen = usedFen - ? WHERE guideId = ? AND businessDay = ?', [
      amountFen,
      guideId,
      businessDay(requestedAt),
    ]);
  }
}
