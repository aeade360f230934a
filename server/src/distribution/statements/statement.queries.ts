import { type Fen, fen } from '@mall/shared/money';
import type { Statement } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { businessMonth, businessMonthRange } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import type { Guide } from '../guides/guides.public.js';
import { foldStatement, type GuideLeg } from './domain/statement.js';

const LEGS = `FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId
  WHERE l.ownerKind = 'guide' AND l.ownerId = ?`;

/** Statements per guide and month, by the time at which things happened, in Shanghai. HQ reads what the guide reads. */
@Injectable()
export class StatementQueries {
  constructor(private readonly database: Database) {}

  /** Months that have entries, newest first, e.g. `2026-11`. */
  async months(guideId: string): Promise<string[]> {
    const rows = await this.database.query<{ occurredAt: number }>(`SELECT DISTINCT t.occurredAt ${LEGS}`, [guideId]);
    return [...new Set(rows.map(({ occurredAt }) => businessMonth(occurredAt)))].sort().reverse();
  }

  /** @param month e.g. `2026-11` */
  async ofMonth(guide: Guide, month: string): Promise<Statement> {
    const { from, to } = businessMonthRange(month);
    const legs = await this.database.query<GuideLeg>(
      `SELECT t.occurredAt, t.sourceKind, t.fact, l.bucket, l.amountFen, l.entryId,
         (SELECT o.orderNumber FROM sold_orders o WHERE o.orderId = l.orderId) AS orderNumber
       ${LEGS} AND t.occurredAt >= ? AND t.occurredAt < ? ORDER BY t.occurredAt, t.recordedAt, t.id, l.amountFen`,
      [guide.id, from, to],
    );
    const { name: guideName, storeName } = guide;
    return { month, guideName, storeName, ...foldStatement(await this.opening(guide.id, from), legs) };
  }

  private async opening(guideId: string, from: number): Promise<Map<string, Fen>> {
    const rows = await this.database.query<{ bucket: string; balanceFen: number }>(
      `SELECT l.bucket, SUM(l.amountFen) AS balanceFen ${LEGS} AND t.occurredAt < ? GROUP BY l.bucket`,
      [guideId, from],
    );
    return new Map(rows.map(({ bucket, balanceFen }) => [bucket, fen(Number(balanceFen))]));
  }
}
