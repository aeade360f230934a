import { GuideStatus, type PayeeType } from '@mall/shared/guides';
import { type Fen, fen, formatYuan, ZERO_FEN } from '@mall/shared/money';
import type { GuideBalance } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { Settings } from '../../platform/settings/settings.js';
import type { Guide } from '../guides/guides.public.js';
import { type Bucket, LedgerQueries } from '../ledger/ledger.public.js';
import { largestPayable } from './domain/split-payout.js';
import { PayoutAccounts } from './payout-accounts.js';
import { limitsOf } from './payout-limit-problem.js';

/** What a guide has, what she may ask for now, and if nothing, why (R5.5). */
@Injectable()
export class BalanceQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly accounts: PayoutAccounts,
    private readonly settings: Settings,
    private readonly clock: BusinessClock,
  ) {}

  async of(guide: Guide): Promise<GuideBalance> {
    const now = this.clock.now();
    const balances = await this.ledger.balancesOf(this.database, 'guide', guide.id);
    const heldIn = (bucket: Bucket): Fen => balances.get(bucket) ?? ZERO_FEN;
    const { values } = await this.settings.at(this.database, 'payouts', now);
    const limits = limitsOf(values, await this.accounts.usedOn(this.database, guide.id, now));
    const refusal = refusalOf(guide.status, heldIn('available'), limits);
    const most = fen(Math.min(heldIn('available'), limits.leftTodayFen));
    return {
      pendingFen: heldIn('pending'),
      frozenFen: heldIn('frozen'),
      availableFen: heldIn('available'),
      payingFen: heldIn('paying'),
      paidFen: heldIn('paid'),
      withheldFen: heldIn('withheld'),
      payeeType: await this.payeeTypeOf(guide.id),
      limits,
      requestableFen: refusal === null ? largestPayable(most, values) : ZERO_FEN,
      refusal,
    };
  }

  private async payeeTypeOf(guideId: string): Promise<PayeeType> {
    const sql = 'SELECT payeeType FROM guides WHERE id = ?';
    const row = await this.database.first<{ payeeType: PayeeType }>(sql, [guideId]);
    if (row === null) throw new Error(`guide ${guideId} is gone`);
    return row.payeeType;
  }
}

function refusalOf(status: GuideStatus, availableFen: Fen, limits: GuideBalance['limits']): string | null {
  if (status === GuideStatus.Suspended) return '账号已暂停，暂时不能提现；您的余额会一直保留';
  if (availableFen < 0) return `可用余额为 ${formatYuan(availableFen)} 元，将由之后的佣金补足`;
  if (availableFen < limits.transferMinFen) return `可用余额满 ${formatYuan(limits.transferMinFen)} 元才能提现`;
  if (limits.leftTodayFen < limits.transferMinFen)
    return `今天的提现额度已用完，每日最多 ${formatYuan(limits.dayMaxFen)} 元`;
  return null;
}
