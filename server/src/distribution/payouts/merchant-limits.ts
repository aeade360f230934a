import type { Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { businessDay, businessMonth } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { MerchantPeriodEntity } from './merchant-period.entity.js';

/**
 * The merchant's own limits of a day and a month (R5.5): what is over them waits for the next one, and no guide is
 * refused for it. Counts what was sent, whatever became of it: the sum of all transfers by their `submittedAt`.
 */
@Injectable()
export class MerchantLimits {
  constructor(private readonly settings: Settings) {}

  /** Counts `amountFen`. False: there is no room, and the caller gives the transaction up, since the day may be counted. */
  async take(tx: Tx, amountFen: Fen, at: number): Promise<boolean> {
    const { merchantDayMaxFen, merchantMonthMaxFen } = (await this.settings.at(tx, 'payouts', at)).values;
    // Always the day first: two takers meet in one order.
    return (
      (await this.count(tx, businessDay(at), amountFen, merchantDayMaxFen)) &&
      (await this.count(tx, businessMonth(at), amountFen, merchantMonthMaxFen))
    );
  }

  /** It was not sent after all. */
  async giveBack(tx: Tx, amountFen: Fen, at: number): Promise<void> {
    for (const period of [businessDay(at), businessMonth(at)]) {
      await tx.execute('UPDATE payout_merchant_periods SET sentFen = sentFen - ? WHERE period = ?', [
        amountFen,
        period,
      ]);
    }
  }

  /** It was sent, as it turns out, without having been counted: nothing is refused any more. */
  async note(tx: Tx, amountFen: Fen, at: number): Promise<void> {
    for (const period of [businessDay(at), businessMonth(at)]) {
      await this.count(tx, period, amountFen, Number.MAX_SAFE_INTEGER);
    }
  }

  private async count(tx: Tx, period: string, amountFen: Fen, maxFen: number): Promise<boolean> {
    const add = (): Promise<number> =>
      tx.execute('UPDATE payout_merchant_periods SET sentFen = sentFen + ? WHERE period = ? AND sentFen + ? <= ?', [
        amountFen,
        period,
        amountFen,
        maxFen,
      ]);
    if ((await add()) === 1) return true;
    await tx.insertOnce(MerchantPeriodEntity, { period, sentFen: 0 as Fen });
    return (await add()) === 1;
  }
}
