import type { DataSource } from 'typeorm';
import { SoldBefore1795000000002 } from '../src/migrations/0004-sold-before.js';
import { WRITE_SOURCE } from '../src/platform/database/unit-of-work.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

/** Kept since: what an older order's row cannot know. */
const UNKNOWN_BEFORE = ['categoryPath', 'tier', 'storeType', 'changes'];

describe.each(ENGINES)('orders from before distribution kept what was sold [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  async function rows(table: string): Promise<string[]> {
    const found = await shop.query<Record<string, unknown>>(`SELECT * FROM ${table}`);
    const known = found.map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([name]) => !UNKNOWN_BEFORE.includes(name))
          .map(([name, value]) => [name, value === null ? null : String(value)]),
      ),
    );
    return known.map((row) => JSON.stringify(row)).sort();
  }

  it('are given the same rows by the migration as the handlers wrote: sold, refunded, borne by HQ', async () => {
    const guided = () => shop.newCustomer({ through: shop.guide.code });
    const [paid, refunded, goodwill, alone] = [
      await guided(),
      await guided(),
      await guided(),
      await shop.newCustomer(),
    ];
    await shop.buy(paid, { SHIRT: 1, BAG: 2 });
    await shop.buy(alone, { SOCKS: 1 });
    await shop.place(await guided(), { BAG: 1 });
    const partly = await shop.buy(refunded, { SCARF: 1 });
    await shop.ship(partly.id);
    await shop.receive(refunded, partly.id);
    await shop.refund(partly.id, { lines: [{ orderLineId: partly.lines[0]?.id ?? '', amountFen: 3_333 }] });
    const kind = await shop.buy(goodwill, { SCARF: 1 });
    await shop.refund(kind.id, { lines: [{ orderLineId: kind.lines[0]?.id ?? '', amountFen: 700 }], goodwill: true });
    await shop.mall.settle();
    const tables = ['sold_orders', 'sold_lines', 'commission_refunds'];
    const written = await Promise.all(tables.map(rows));
    expect(written.map(({ length }) => length)).toEqual([4, 5, 4]);
    const runner = shop.mall.app.get<DataSource>(WRITE_SOURCE).createQueryRunner();
    const migration = new SoldBefore1795000000002();
    await migration.down(runner);
    expect(await rows('sold_lines')).toEqual([]);
    await migration.up(runner);
    await runner.release();
    expect(await Promise.all(tables.map(rows))).toEqual(written);
  });

  it('D19: a refund whose event still waits at the upgrade is left to its handler, and charged once', async () => {
    const order = await shop.buy(await shop.newCustomer({ through: shop.guide.code }), { SCARF: 1 });
    await shop.refund(order.id, { lines: [{ orderLineId: order.lines[0]?.id ?? '', amountFen: 10_000 }] });
    // As if the server had stopped before the event was told.
    const untell = async (sql: string) => shop.execute(sql, [order.id]);
    const [event] = await shop.query<{ id: string }>(
      `SELECT id FROM outbox_events WHERE streamId = ? AND eventType = 'refund.succeeded'`,
      [order.id],
    );
    await untell(
      `DELETE FROM commission_refunds WHERE entryId IN (SELECT id FROM commission_entries WHERE orderId = ?)`,
    );
    await untell('UPDATE sold_lines SET refundedBaseFen = 0 WHERE orderId = ?');
    await shop.execute(
      `UPDATE outbox_events SET state = 'pending', nextAttemptAt = 9000000000000, leaseUntil = 0 WHERE id = ?`,
      [event?.id ?? ''],
    );
    await shop.execute('DELETE FROM outbox_handled WHERE eventId = ?', [event?.id ?? '']);
    const runner = shop.mall.app.get<DataSource>(WRITE_SOURCE).createQueryRunner();
    const migration = new SoldBefore1795000000002();
    await migration.down(runner);
    await migration.up(runner);
    await runner.release();
    const [line] = await shop.query<{ refundedBaseFen: number }>('SELECT * FROM sold_lines WHERE orderId = ?', [
      order.id,
    ]);
    expect(Number(line?.refundedBaseFen)).toBe(0);
    const found = await shop.query(
      `SELECT r.* FROM commission_refunds r JOIN commission_entries e ON e.id = r.entryId WHERE e.orderId = ?`,
      [order.id],
    );
    expect(found).toEqual([]);
  });
});
