/** Readable names for the ids of a history, so that damage and findings can be written down before the ids exist. */
import type { OrderDetail } from '@mall/shared/orders';
import type { Reader } from '../../src/platform/database/tx.js';
import type { History } from './reconcile-history.js';

/** name → id: `paid`, `paid.1` (line), `paid.1.guide` (commission), `paid.refund1`, `paid.paid` (posting), `paid.paid.hq` (its leg), … */
export async function namesOf(history: History, reader: Reader): Promise<Map<string, string>> {
  const names = new Map<string, string>();
  const { shop, rival, ...orders } = history;
  names.set('guide', shop.guide.guideId).set('rival', rival.guideId).set('store', shop.store.id);
  for (const [name, order] of Object.entries(orders)) await nameOrder(reader, names, name, order);
  const payouts = await reader.query<{ id: string }>('SELECT id FROM payout_requests ORDER BY id');
  for (const [nth, { id }] of payouts.entries()) {
    names.set(`payout${nth + 1}`, id);
    const transfers = await reader.query<{ id: string; position: number }>(
      'SELECT id, position FROM payout_transfers WHERE requestId = ?',
      [id],
    );
    for (const transfer of transfers) names.set(`payout${nth + 1}.${transfer.position}`, transfer.id);
  }
  return names;
}

async function nameOrder(reader: Reader, names: Map<string, string>, name: string, order: OrderDetail): Promise<void> {
  names.set(name, order.id);
  const rows = <Row>(sql: string): Promise<Row[]> => reader.query<Row>(sql, [order.id]);
  const lines = await rows<{ id: string; lineNumber: number }>(
    'SELECT id, lineNumber FROM order_lines WHERE orderId = ?',
  );
  for (const { id, lineNumber } of lines) names.set(`${name}.${lineNumber + 1}`, id);
  const entries = await rows<{ id: string; orderLineId: string; payeeKind: string }>(
    'SELECT id, orderLineId, payeeKind FROM commission_entries WHERE orderId = ?',
  );
  for (const { id, orderLineId, payeeKind } of entries) {
    const line = lines.find((each) => each.id === orderLineId);
    names.set(`${name}.${(line?.lineNumber ?? 0) + 1}.${payeeKind}`, id);
  }
  const refunds = await rows<{ id: string }>('SELECT id FROM refunds WHERE orderId = ? ORDER BY id');
  for (const [nth, { id }] of refunds.entries()) names.set(`${name}.refund${nth + 1}`, id);
  const payments = await rows<{ id: string }>('SELECT id FROM payments WHERE orderId = ?');
  for (const { id } of payments) names.set(`${name}.payment`, id);
  const refundLines = await rows<{ id: string; refundId: string }>(
    'SELECT l.id, l.refundId FROM refund_lines l JOIN refunds r ON r.id = l.refundId WHERE r.orderId = ?',
  );
  for (const { id, refundId } of refundLines) names.set(`${nameOf(names, refundId)}.line`, id);
  const legs = await rows<{ id: string; transactionId: string; ownerKind: string; sourceId: string; fact: string }>(
    `SELECT l.id, l.transactionId, l.ownerKind, t.sourceId, t.fact
     FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId WHERE l.orderId = ?`,
  );
  for (const { id, transactionId, ownerKind, sourceId, fact } of legs) {
    const posting = `${nameOf(names, sourceId)}.${fact}`;
    names.set(posting, transactionId).set(`${posting}.${ownerKind}`, id);
  }
}

function nameOf(names: ReadonlyMap<string, string>, id: string): string {
  return [...names].find(([, each]) => each === id)?.[0] ?? id;
}

/** Puts ids for the names in braces. */
export function withIds(names: ReadonlyMap<string, string>, text: string): string {
  return text.replace(/\{([^}]+)\}/g, (_, name: string) => {
    const id = names.get(name);
    if (id === undefined) throw new Error(`nothing is called ${name}`);
    return id;
  });
}

/** Puts names for the ids, `DAY` for a day and `MONTH` for a month. */
export function withNames(names: ReadonlyMap<string, string>, text: string): string {
  const byId = new Map([...names].map(([name, id]) => [id, name]));
  const named = text.replace(/[a-z]{3}_[0-9A-Z]{26}/g, (id) => byId.get(id) ?? id);
  return named.replace(/\d{4}-\d\d-\d\d/, 'DAY').replace(/\b\d{4}-\d\d\b/, 'MONTH');
}
