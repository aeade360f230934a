import { businessDay, DAY_MS, MINUTE_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import type { Reader, SqlValue } from '../../platform/database/tx.js';
import type { BilledRow, BothSides, OurPayment, OurRefund } from './domain/compare-bill.js';

/** WeChat's clock and ours may name different days for a payment at midnight: the last minutes wait for the next bill. */
const MARGIN_MS = 10 * MINUTE_MS;
const PART = 500;

const PAYMENT = `SELECT p.id AS paymentId, p.orderId, p.outTradeNo, p.transactionId, p.amountFen, p.state, p.succeededAt,
    o.state AS orderState, o.totalFen AS orderTotalFen
  FROM payments p LEFT JOIN orders o ON o.id = p.orderId`;
const REFUND = `SELECT r.id AS refundId, r.orderId, SUBSTR(r.id, 5) AS outRefundNo, o.orderNumber AS outTradeNo,
    r.amountFen, r.state, r.succeededAt
  FROM refunds r LEFT JOIN orders o ON o.id = r.orderId`;

/** Midnight of a day such as `2026-11-27` in China, epoch ms. */
export function startOfDay(day: string): number {
  return startOfBusinessDay(Date.parse(`${day}T00:00:00+08:00`));
}

/** What bill and books say of a day whose bill is stored. */
export async function readBothSides(reader: Reader, day: string): Promise<BothSides> {
  const billed = await reader.query<BilledRow>(
    `SELECT kind, number, outTradeNo, transactionId, status, amountFen, tradedAt FROM trade_bill_rows
     WHERE billDate = ? ORDER BY id`,
    [day],
  );
  const numbersOf = (kind: string): string[] => billed.filter((row) => row.kind === kind).map((row) => row.number);
  const payments = await inParts<OurPayment>(reader, `${PAYMENT} WHERE p.outTradeNo IN`, numbersOf('payment'));
  const refundIds = numbersOf('refund').map((number) => `rfd_${number}`);
  const refunds = await inParts<OurRefund>(reader, `${REFUND} WHERE r.id IN`, refundIds);
  const window = await windowOf(reader, day);
  const unbilled = (kind: string, number: string): string =>
    `succeededAt >= ? AND %.succeededAt < ? AND %.amountFen > 0 AND NOT EXISTS (SELECT 1 FROM trade_bill_rows b
       WHERE b.kind = '${kind}' AND b.number = ${number})`;
  const where = (table: string, kind: string, number: string): string =>
    `WHERE ${table}.state = 'succeeded' AND ${table}.${unbilled(kind, number).replaceAll('%', table)}`;
  return {
    billed,
    payments: new Map(payments.map((row) => [row.outTradeNo, row])),
    refunds: new Map(refunds.map((row) => [row.outRefundNo, row])),
    unbilledPayments: await reader.query(`${PAYMENT} ${where('p', 'payment', 'p.outTradeNo')}`, window),
    unbilledRefunds: await reader.query(`${REFUND} ${where('r', 'refund', 'SUBSTR(r.id, 5)')}`, window),
  };
}

/** The minutes before midnight belong to the next day's comparison, which has both bills; if it has. */
async function windowOf(reader: Reader, day: string): Promise<[number, number]> {
  const start = startOfDay(day);
  const before = businessDay(start - DAY_MS);
  const hasBefore = await reader.first(`SELECT id FROM trade_bills WHERE billDate = ? AND state = 'stored'`, [before]);
  const from = hasBefore === null ? start : start - MARGIN_MS;
  return [from, start + DAY_MS - MARGIN_MS];
}

async function inParts<Row>(reader: Reader, sql: string, values: readonly string[]): Promise<Row[]> {
  const found: Row[] = [];
  for (let from = 0; from < values.length; from += PART) {
    const part: SqlValue[] = values.slice(from, from + PART);
    found.push(...(await reader.query<Row>(`${sql} (${part.map(() => '?').join(', ')})`, part)));
  }
  return found;
}
