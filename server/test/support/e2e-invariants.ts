/** What must hold after every test, worked out from the tables themselves and not by the code under test. */
import type { Shop } from './e2e-shop.js';

interface Sum {
  account: string;
  fen: number;
}

const numbers = <Row extends object>(rows: readonly Row[]): Row[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, toNumber(value)])) as Row);

/** MariaDB gives sums as text. */
function toNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value;
}

/** R5.1: legs of each transaction sum to zero, balances are folds, customers' and sales' accounts are what was paid. */
export async function expectLedgerExact(shop: Shop): Promise<void> {
  const crooked = await shop.query(
    'SELECT transactionId FROM ledger_legs GROUP BY transactionId HAVING SUM(amountFen) <> 0',
  );
  expect(crooked).toEqual([]);
  const folded = numbers(
    await shop.query<Sum>(
      `SELECT b.account AS account, SUM(l.amountFen) AS fen FROM ledger_balances b JOIN ledger_legs l
         ON l.ownerKind = b.ownerKind AND l.ownerId = b.ownerId AND l.bucket = b.bucket GROUP BY b.account ORDER BY b.account`,
    ),
  );
  const kept = await shop.query<Sum>('SELECT account, balanceFen AS fen FROM ledger_balances ORDER BY account');
  expect(numbers(kept)).toEqual(folded);
  const [money] = numbers(
    await shop.query<{ held: number; paid: number; back: number }>(
      `SELECT (SELECT COALESCE(SUM(amountFen), 0) FROM ledger_legs WHERE ownerKind = 'customers') AS held,
         (SELECT COALESCE(SUM(amountFen), 0) FROM payments WHERE state = 'succeeded') AS paid,
         (SELECT COALESCE(SUM(amountFen), 0) FROM refunds WHERE state = 'succeeded') AS back`,
    ),
  );
  expect(money?.held).toBe((money?.back ?? 0) - (money?.paid ?? 0));
  await expectCommissionsExact(shop);
}

/** R5.3, R4.6: every entry is its rate on what is left of its base, and the ledger holds exactly that for it. */
async function expectCommissionsExact(shop: Shop): Promise<void> {
  const entries = numbers(
    await shop.query<StandingEntry>(
      `SELECT e.id, e.baseFen - e.refundedBaseFen AS leftFen, e.rateBps, e.tailBps, e.tailState,
         e.postedFen - e.reversedFen - e.lapsedFen AS standing,
         (SELECT SUM(l.amountFen) FROM ledger_legs l WHERE l.entryId = e.id AND l.ownerKind = e.payeeKind) AS held
       FROM commission_entries e`,
    ),
  );
  for (const { id, leftFen, rateBps, tailBps, tailState, standing, held } of entries) {
    const total = (BigInt(leftFen) * BigInt(rateBps)) / 10_000n;
    const tail = (total * BigInt(tailBps)) / 10_000n;
    // A tail that lapsed is HQ's.
    const due = Number(tailState === 'lapsed' ? total - tail : total);
    expect({ id, standing, held: held ?? 0 }).toEqual({ id, standing: due, held: due });
  }
}

interface StandingEntry {
  id: string;
  leftFen: number;
  rateBps: number;
  tailBps: number;
  tailState: string;
  standing: number;
  held: number | null;
}

/** R7.3: reserved + sold + available = received, and reserved and sold are what the orders say. */
export async function expectStockExact(shop: Shop): Promise<void> {
  const levels = numbers(
    await shop.query<
      Record<'available' | 'reserved' | 'sold' | 'received' | 'wanted' | 'bought', number> & { skuId: string }
    >(
      `SELECT s.skuId, s.available, s.reserved, s.sold, s.received,
         (SELECT COALESCE(SUM(l.quantity), 0) FROM order_lines l JOIN orders o ON o.id = l.orderId
          WHERE l.skuId = s.skuId AND o.state = 'created') AS wanted,
         (SELECT COALESCE(SUM(l.quantity - l.restockedQuantity), 0) FROM order_lines l JOIN orders o ON o.id = l.orderId
          WHERE l.skuId = s.skuId AND o.state NOT IN ('created', 'cancelled')) AS bought
       FROM stock_levels s`,
    ),
  );
  expect(levels.length).toBeGreaterThan(0);
  for (const { skuId, available, reserved, sold, received, wanted, bought } of levels) {
    expect({ skuId, reserved, sold, all: available + reserved + sold }).toEqual({
      skuId,
      reserved: wanted,
      sold: bought,
      all: received,
    });
    expect(available).toBeGreaterThanOrEqual(0);
  }
}

/** Everything that bad input must leave alone. */
const WATCHED = [
  'orders',
  'order_lines',
  'payments',
  'refunds',
  'refund_lines',
  'shipments',
  'attributions',
  'commission_entries',
  'commission_rules',
  'ledger_transactions',
  'ledger_legs',
  'ledger_balances',
  'outbox_events',
  'wechat_notices',
  'stock_levels',
  'stock_adjustments',
  'coupons',
  'coupon_campaigns',
  'coupon_templates',
  'bindings',
  'guides',
  'guide_invitations',
  'share_links',
  'stores',
  'products',
  'skus',
  'freight_rules',
  'addresses',
  'members',
  'consents',
  'idempotency_keys',
  'audit_entries',
];

/** Every row of the watched tables, as text that can be compared. Settle first, so that nothing moves by itself. */
export async function snapshot(shop: Shop): Promise<Record<string, string[]>> {
  await shop.mall.settle();
  const seen: Record<string, string[]> = {};
  for (const table of WATCHED) {
    const rows = await shop.query<object>(`SELECT * FROM ${table}`);
    seen[table] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return seen;
}
