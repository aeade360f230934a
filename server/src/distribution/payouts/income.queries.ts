import { PayeeType } from '@mall/shared/guides';
import type { WithholdingMethod } from '@mall/shared/payouts';
import { Injectable } from '@nestjs/common';
import { businessMonth, businessMonthRange } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { GIVEN_UP } from './domain/payout-states.js';
import type { IncomeBefore } from './domain/withholding.js';

interface Whose {
  guideId: string;
  /** A method counts what was taxed by itself alone: of the rest HQ withheld elsewhere, or by another table. */
  method: WithholdingMethod;
}

const ASKED_BY_METHOD = `r.guideId = ? AND r.payeeType = '${PayeeType.Contractor}' AND r.withholding = ? AND r.requestedAt >= ?`;

/** What was paid to a contractor, and withheld, before a payout: what came back counts for nothing (R5.5). */
@Injectable()
export class IncomeQueries {
  /** The caller holds the guide's balance, so that of two requests at one moment each counts the other or comes first. */
  async before(reader: Reader, whose: Whose, at: number): Promise<IncomeBefore> {
    const month = businessMonth(at);
    const january = `${month.slice(0, 4)}-01`;
    const first = await this.firstMonthSince(reader, whose, january);
    const months = first === null ? 1 : Number(month.slice(5)) - Number(first.slice(5)) + 1;
    return {
      month: await this.paidSince(reader, whose, month),
      year: await this.paidSince(reader, whose, january),
      // The demo's clock is the only one that could stand before her first payout.
      months: Math.max(1, months),
    };
  }

  /**
   * The month of her first request, even if it was given up: she had worked for it. Were it taken back, months that an
   * earlier payout had counted would be missing in the next one, and its tax could be more than the payout.
   */
  private async firstMonthSince(reader: Reader, { guideId, method }: Whose, month: string): Promise<string | null> {
    const row = await reader.first<{ first: number | null }>(
      `SELECT MIN(r.requestedAt) AS first FROM payout_requests r WHERE ${ASKED_BY_METHOD}`,
      [guideId, method, businessMonthRange(month).from],
    );
    const first = row?.first ?? null;
    return first === null ? null : businessMonth(Number(first));
  }

  private async paidSince(reader: Reader, { guideId, method }: Whose, month: string): Promise<IncomeBefore['month']> {
    const row = await reader.first<{ grossFen: number | null; netFen: number | null }>(
      `SELECT SUM(t.grossFen) AS grossFen, SUM(t.amountFen) AS netFen
       FROM payout_transfers t JOIN payout_requests r ON r.id = t.requestId
       WHERE ${ASKED_BY_METHOD} AND t.state NOT IN (${GIVEN_UP.map((state) => `'${state}'`).join(', ')})`,
      [guideId, method, businessMonthRange(month).from],
    );
    const grossFen = Number(row?.grossFen ?? 0);
    return { grossFen, taxFen: grossFen - Number(row?.netFen ?? 0) };
  }
}
