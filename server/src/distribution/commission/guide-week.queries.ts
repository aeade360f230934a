import type { GuideDesk } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { businessDay, DAY_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { ShareLinks } from '../share-links/share-links.public.js';

const DAYS = 7;

/** A guide's last seven business days: what she earned, orders, opens. */
@Injectable()
export class GuideWeekQueries {
  constructor(
    private readonly database: Database,
    private readonly links: ShareLinks,
  ) {}

  /** Oldest day first; the last one is today. @param now business clock */
  async of(guideId: string, now: number): Promise<GuideDesk['lastSevenDays']> {
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
