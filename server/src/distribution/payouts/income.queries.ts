import { PayeeType } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { businessMonth, businessMonthRange } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { GIVEN_UP } from './domain/payout-states.js';
import type { IncomeBefore } from './domain/withholding.js';

/** What was paid to a contractor, and withheld, before a payout: what came back counts for nothing (R5.5). */
@Injectable()
export class IncomeQueries {
  /** The caller holds the guide's balance, so that of two requests at one moment each counts the other or comes first. */
  async before(reader: Reader, guideId: string, at: number): Promise<IncomeBefore> {
    const month = businessMonth(at);
    const january = `${month.slice(0, 4)}-01`;
    const year = await this.since(reader, guideId, january);
    const first = year.first === null ? month : businessMonth(year.first);
    const months = Number(month.slice(5)) - Number(first.slice(5)) + 1;
    // The demo's clock is the only one that could stand before her first income.
    return { month: await this.since(reader, guideId, month), year, months: Math.max(1, months) };
  }

  private async since(reader: Reader, guideId: string, month: string) {
    const row = await reader.first<{ grossFen: number | null; netFen: number | null; first: number | null }>(
      `SELECT SUM(t.grossFen) AS grossFen, SUM(t.amountFen) AS netFen, MIN(r.requestedAt) AS first
       FROM payout_transfers t JOIN payout_requests r ON r.id = t.requestId
       WHERE r.guideId = ? AND r.payeeType = '${PayeeType.Contractor}' AND r.requestedAt >= ?
         AND t.state NOT IN (${GIVEN_UP.map((state) => `'${state}'`).join(', ')})`,
      [guideId, businessMonthRange(month).from],
    );
    const grossFen = Number(row?.grossFen ?? 0);
    const first = row?.first ?? null;
    return { grossFen, taxFen: grossFen - Number(row?.netFen ?? 0), first: first === null ? null : Number(first) };
  }
}
