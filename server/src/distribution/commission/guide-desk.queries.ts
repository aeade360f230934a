import type { CommissionTotals, GuideDesk } from '@mall/shared/guides';
import { ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { Bindings } from '../bindings/bindings.public.js';
import type { Guide } from '../guides/guides.public.js';
import { LedgerQueries } from '../ledger/ledger.public.js';
import { DeskSignals } from './desk-signals.js';
import { GuideWeekQueries } from './guide-week.queries.js';

/** The guide's three questions: what did I earn and when is it mine, what was opened, whom do I serve. */
@Injectable()
export class GuideDeskQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly bindings: Bindings,
    private readonly week: GuideWeekQueries,
    private readonly signals: DeskSignals,
    private readonly clock: BusinessClock,
  ) {}

  async desk(guide: Guide): Promise<GuideDesk> {
    const now = this.clock.now();
    const { memberId: _, leftAt: __, ...summary } = guide;
    const next = await this.database.first<{ nextAt: number | null }>(
      `SELECT MIN(availableAt) AS nextAt FROM commission_entries
       WHERE payeeKind = 'guide' AND payeeId = ? AND state = 'frozen'`,
      [guide.id],
    );
    const lastSevenDays = await this.week.of(guide.id, now);
    return {
      guide: summary,
      totals: await this.totals(guide.id),
      todayFen: lastSevenDays.at(-1)?.commissionFen ?? ZERO_FEN,
      lastSevenDays,
      nextReleaseAt: next?.nextAt ?? null,
      ...(await this.signals.of(this.database, guide.id, now)),
      customers: await this.bindings.countCustomersOf(this.database, guide.id, now),
    };
  }

  /** The ledger's running sums, which reconciliation proves to be those of the list behind them. */
  async totals(guideId: string): Promise<CommissionTotals> {
    const balances = await this.ledger.runningBalancesOf(this.database, 'guide', guideId);
    return {
      pendingFen: balances.get('pending') ?? ZERO_FEN,
      frozenFen: balances.get('frozen') ?? ZERO_FEN,
      availableFen: balances.get('available') ?? ZERO_FEN,
      payingFen: balances.get('paying') ?? ZERO_FEN,
      paidFen: balances.get('paid') ?? ZERO_FEN,
    };
  }
}
