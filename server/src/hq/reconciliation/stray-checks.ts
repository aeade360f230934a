import type { Reader } from '../../platform/database/tx.js';
import { type Findings, side } from './domain/findings.js';
import { COLUMNS, type FiledTable } from './order-files.js';

/** Whose child a row is. Orders were walked from the parent's side, so a child without one was never seen. */
const PARENTS: { table: FiledTable; key: string; parent: string; parentKey: string }[] = [
  { table: 'order_lines', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'payments', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'refunds', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'refund_lines', key: 'refundId', parent: 'refunds', parentKey: 'id' },
  { table: 'ledger_legs', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'attributions', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'commission_entries', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'commission_refunds', key: 'entryId', parent: 'commission_entries', parentKey: 'id' },
  { table: 'commission_moves', key: 'entryId', parent: 'commission_entries', parentKey: 'id' },
  { table: 'commission_holds', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'sold_orders', key: 'orderId', parent: 'orders', parentKey: 'id' },
  { table: 'sold_lines', key: 'orderId', parent: 'orders', parentKey: 'id' },
];

/** @param seen rows of each table that the walk over the orders has met */
export async function checkStrays(
  reader: Reader,
  found: Findings,
  seen: ReadonlyMap<FiledTable, number>,
): Promise<void> {
  for (const { table, key, parent, parentKey } of PARENTS) {
    // COUNT of the column: a leg of a payout is about no order.
    const row = await reader.first<{ n: number }>(`SELECT COUNT(${key}) AS n FROM ${table}`);
    const met = seen.get(table) ?? 0;
    found.fit('strays', met);
    if (Number(row?.n ?? 0) === met) continue;
    const strays = await reader.query<Record<string, string | number | null>>(
      `SELECT ${COLUMNS[table]} FROM ${table} c WHERE c.${key} IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE p.${parentKey} = c.${key})`,
    );
    for (const { decisionJson, ...stray } of strays) {
      found.holds('strays', false, {
        subject: String(stray.id ?? stray[key]),
        sentence: `${table} 的记录没有上级单据`,
        left: side(table, stray, typeof stray.amountFen === 'number' ? stray.amountFen : null),
        right: side(parent, null),
      });
    }
  }
}
