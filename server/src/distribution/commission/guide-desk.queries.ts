import type { CommissionTotals, GuideDesk } from '@mall/shared/guides';
import { fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { businessDay, DAY_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { Bindings } from '../bindings/bindings.public.js';
import type { Guide } from '../guides/guides.public.js';
import { LedgerQueries } from '../ledger/ledger.public.js';
import { GuideNotices } from '../notices/notices.public.js';
import { ShareLinks } from '../share-links/share-links.public.js';

const DAYS = 7;

/** The guide's three questions: what did I earn and when is it mine, what was opened, whom do I serve. */
@Injectable()
export class GuideDeskQueries {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerQueries,
    private readonly bindings: Bindings,
    private readonly links: ShareLinks,
    private readonly notices: GuideNotices,
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
    const lastSevenDays = await this.days(guide.id, now);
    return {
      guide: summary,
      totals: await this.totals(guide.id),
      todayFen: lastSevenDays.at(-1)?.commissionFen ?? ZERO_FEN,
      lastSevenDays,
      nextReleaseAt: next?.nextAt ?? null,
      unreadNotices: await this.notices.countUnread(this.database, guide.id),
      coaching: null,
      customers: await this.bindings.countCustomersOf(this.database, guide.id, now),
    };
  }

  /** Folded from the ledger's legs, so that they are the sums of the list behind them. */
  async totals(guideId: string): Promise<CommissionTotals> {
    const balances = await this.ledger.balancesOf(this.database, 'guide', guideId);
    return {
      pendingFen: balances.get('pending') ?? ZERO_FEN,
      frozenFen: balances.get('frozen') ?? ZERO_FEN,
      availableFen: balances.get('available') ?? ZERO_FEN,
      paidFen: balances.get('paid') ?? ZERO_FEN,
    };
  }

  private async days(guideId: string, now: number): Promise<GuideDesk['lastSevenDays']> {
    const from = startOfBusinessDay(now) - (DAYS - 1) * DAY_MS;
    const entries = await this.database.query<{ accruedAt: number; orderId: string; standingFen: number }>(
      `SELECT accruedAt, orderId, postedFen - reversedFen AS standingFen FROM commission_entries
       WHERE payeeKind = 'guide' AND payeeId = ? AND accruedAt >= ?`,
      [guideId, from],
    );
    const { openedAt } = await this.links.activity(this.database, guideId, from, now + DAY_MS);
    return Array.from({ length: DAYS }, (_, index) => {
      const start = from + index * DAY_MS;
      const within = (at: number): boolean => at >= start && at < start + DAY_MS;
      const earned = entries.filter(({ accruedAt }) => within(accruedAt));
      return {
        day: businessDay(start),
        commissionFen: fen(earned.reduce((sum, { standingFen }) => sum + Number(standingFen), 0)),
        orders: new Set(earned.map(({ orderId }) => orderId)).size,
        opens: openedAt.filter(within).length,
      };
    });
  }
}
