import { businessDay, businessMonth } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { computed, type Findings, side } from './domain/findings.js';

const PAGE = 500;

interface SentRow {
  id: string;
  amountFen: number;
  submittedAt: number;
}

/** Day and month → what was sent in it, and the last row of that. */
async function sentByPeriod(
  reader: Reader,
  signal?: AbortSignal,
): Promise<Map<string, { sum: number; last: SentRow }>> {
  const sent = new Map<string, { sum: number; last: SentRow }>();
  for (let after = ''; ; ) {
    signal?.throwIfAborted();
    const rows = await reader.query<SentRow>(
      `SELECT id, amountFen, submittedAt FROM payout_transfers
       WHERE id > ? AND submittedAt IS NOT NULL ORDER BY id LIMIT ${PAGE}`,
      [after],
    );
    for (const last of rows) {
      const at = Number(last.submittedAt);
      for (const period of [businessDay(at), businessMonth(at)]) {
        sent.set(period, { sum: (sent.get(period)?.sum ?? 0) + Number(last.amountFen), last });
      }
    }
    if (rows.length < PAGE) return sent;
    after = rows.at(-1)?.id ?? after;
  }
}

/**
 * R5.5: the counters of the merchant's limits. Every transfer that was sent counts in the day and month of its
 * `submittedAt`, whatever became of it; one that was put back has none until it is sent again or turns up after all.
 * A difference moves no money: too high a counter makes payouts wait, too low a one lets WeChat refuse them.
 */
export async function checkMerchantPeriods(reader: Reader, found: Findings, signal?: AbortSignal): Promise<void> {
  const rows = await reader.query<{ period: string; sentFen: number }>(
    'SELECT period, sentFen FROM payout_merchant_periods',
  );
  const kept = new Map(rows.map((row) => [row.period, row]));
  const sent = await sentByPeriod(reader, signal);
  for (const period of [...new Set([...kept.keys(), ...sent.keys()])].sort()) {
    const [row, live] = [kept.get(period), sent.get(period)];
    found.equal('payout-merchant-periods', {
      subject: period,
      sentence: '商户当期已转出金额不等于当期提交的转账之和：不影响账目，但偏高会让转账等待，偏低会被微信拒绝',
      left: side('payout_merchant_periods', row ?? null, Number(row?.sentFen ?? 0)),
      right: computed('sum of submitted payout_transfers', live?.sum ?? 0, live?.last ?? null),
    });
  }
}
