import type { Page } from '@mall/shared/paging';
import type { ReconciliationReport, ReconciliationRun } from '@mall/shared/reconciliation';
import { type Reconciliation, reconcile } from '../src/hq/reconciliation/reconciliation.public.js';
import { SessionStore } from '../src/platform/auth/session-store.js';
import { ReadSnapshots } from '../src/platform/database/read-snapshot.js';
import type { Reader, Tx } from '../src/platform/database/tx.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { send } from './support/e2e-http.js';
import type { Shop } from './support/e2e-shop.js';
import { DAMAGES, type Damage } from './support/reconcile-damage.data.js';
import { type History, makeHistory } from './support/reconcile-history.js';
import { namesOf, withIds, withNames } from './support/reconcile-names.js';
import { ENGINES } from './support/test-database.js';

class Undo extends Error {}

describe.each(ENGINES)('reconciliation over HTTP (R5.7) [%s]', (engine) => {
  let history: History;
  let shop: Shop;
  let names: Map<string, string>;
  let now: number;
  beforeAll(async () => {
    history = await makeHistory(engine);
    shop = history.shop;
    names = await namesOf(history, { query: (sql, values) => shop.query(sql, values), first: async () => null });
    now = await shop.now();
  }, 300_000);
  afterAll(() => shop?.close());

  /** Damages rows in a transaction, compares inside of it, and takes the damage back. */
  async function damaged(sql: readonly string[]): Promise<Reconciliation> {
    let report: Reconciliation | undefined;
    const unitOfWork = shop.mall.app.get(UnitOfWork) as UnitOfWork;
    const body = async (tx: Tx): Promise<never> => {
      await tx.query(engine === 'sqlite' ? 'PRAGMA defer_foreign_keys = ON' : 'SET FOREIGN_KEY_CHECKS = 0');
      try {
        for (const statement of sql) expect(await tx.execute(withIds(names, statement))).toBeGreaterThan(0);
        report = await reconcile(tx, { now });
      } finally {
        if (engine !== 'sqlite') await tx.query('SET FOREIGN_KEY_CHECKS = 1');
      }
      throw new Undo();
    };
    await expect(unitOfWork.run(body)).rejects.toThrow(Undo);
    if (report === undefined) throw new Error('nothing was compared');
    return report;
  }

  const found = ({ rows }: Reconciliation): string[] =>
    [...new Set(rows.map(({ check, subject }) => withNames(names, `${check} ${subject}`)))].sort();

  it('R5.7: finds no difference after a real history', async () => {
    const report = await shop.hq<ReconciliationReport>('/api/hq/reconciliations');
    expect(report.rows).toEqual([]);
    // No bill is stored here; trade-bill.e2e-spec.ts has one.
    const idle = report.checks.filter(({ compared }) => compared === 0).map(({ name }) => name);
    expect(idle).toEqual(['trade-bills']);
    expect(report).toMatchObject({ cause: 'asked', differences: 0, inFlight: 0 });
  });

  it.each(DAMAGES.map((damage): [string, Damage] => [damage.what, damage]))(
    'R5.7: reports %s, and nothing else',
    async (_, { sql, finds }) => {
      const report = await damaged(sql);
      expect(found(report)).toEqual(finds);
      expect(report.differences).toBeGreaterThan(0);
      expect(report.rows.every(({ left, right }) => left.row !== null || right.row !== null)).toBe(true);
    },
  );

  it('R5.7: shows both rows of a difference of one fen, and how much it is', async () => {
    const { rows } = await damaged([`UPDATE payments SET amountFen = amountFen - 1 WHERE orderId = '{paid}'`]);
    const { id, totalFen, number } = history.paid;
    expect(rows).toEqual([
      {
        check: 'order-payments',
        subject: names.get('paid.payment'),
        sentence: '支付单金额与订单总额不一致',
        left: { source: 'orders', row: expect.objectContaining({ id, totalFen, state: 'paid' }), amountFen: totalFen },
        right: {
          source: 'payments',
          row: expect.objectContaining({ orderId: id, outTradeNo: number, amountFen: totalFen - 1 }),
          amountFen: totalFen - 1,
        },
        differenceFen: 1,
      },
    ]);
  });

  it('R5.7: what an unhandled event of the order explains is in flight, and what it does not explain is not', async () => {
    const waiting = `UPDATE outbox_events SET state = 'pending' WHERE streamId = '{frozen}' AND eventType = 'refund.succeeded'`;
    const undone = [
      `DELETE FROM commission_refunds WHERE entryId IN ('{frozen.1.guide}', '{frozen.1.store}')`,
      `UPDATE sold_lines SET refundedBaseFen = 0 WHERE orderLineId = '{frozen.1}'`,
    ];
    const handled = await damaged(undone);
    expect([handled.inFlight, handled.differences]).toEqual([0, 7]);
    const lagging = await damaged([waiting, ...undone]);
    expect([lagging.inFlight, lagging.differences]).toEqual([3, 4]);
    const posted = await damaged([
      waiting,
      `UPDATE ledger_legs SET amountFen = amountFen + 1 WHERE id = '{frozen.paid.hq}'`,
    ]);
    expect(posted.inFlight).toBe(0);
    expect(found(posted)).toContain('order-postings frozen');
  });

  it('R5.7: a commission that waits for its event is in flight', async () => {
    const gone = ['{paid.1.guide}', '{paid.1.store}', '{paid.2.guide}', '{paid.2.store}']
      .map((name) => `'${name}'`)
      .join(', ');
    const report = await damaged([
      `UPDATE outbox_events SET state = 'pending' WHERE streamId = '{paid}' AND eventType = 'order.paid'`,
      `DELETE FROM ledger_legs WHERE entryId IN (${gone})`,
      `DELETE FROM ledger_transactions WHERE sourceId IN (${gone})`,
      `DELETE FROM commission_entries WHERE orderId = '{paid}'`,
      `DELETE FROM sold_lines WHERE orderId = '{paid}'`,
      `DELETE FROM sold_orders WHERE orderId = '{paid}'`,
    ]);
    // The running balances were not taken back here: that is no matter of time.
    expect([...new Set(report.rows.map(({ check }) => check))]).toEqual(['ledger-balances']);
    expect(report.inFlight).toBe(5);
  });

  it('R5.7: no difference names an address, a phone or a payer', async () => {
    const { rows } = await damaged([
      `UPDATE orders SET totalFen = totalFen + 1`,
      `UPDATE payments SET outTradeNo = id`,
    ]);
    expect(rows.length).toBeGreaterThan(10);
    expect(JSON.stringify(rows)).not.toMatch(/address|phone|openid|recipient/i);
  });

  it('R5.7: finance has it run, the auditor reads, others are refused', async () => {
    const tokenOf = async (role: string): Promise<string> => {
      const userId = `hqu_${role}`;
      return (shop.mall.app.get(UnitOfWork) as UnitOfWork).run(async (tx) => {
        await tx.execute(
          'INSERT INTO hq_users (id, username, passwordHash, hqRole, createdAt) VALUES (?, ?, ?, ?, ?)',
          [userId, role, '-', role, 1],
        );
        return (await (shop.mall.app.get(SessionStore) as SessionStore).open(tx, { kind: 'hq', userId })).token;
      });
    };
    const path = '/api/hq/reconciliations';
    const [finance, auditor, operator] = [
      await tokenOf('finance'),
      await tokenOf('auditor'),
      await tokenOf('operator'),
    ];
    const call = async (method: string, token: string, at = path) => {
      const body = method === 'POST' ? {} : undefined;
      const answer = await send(shop.mall.apiUrl, method, at, { token, body });
      return { status: answer.status, body: answer.body as Page<ReconciliationRun> & ReconciliationReport };
    };
    const made = await call('POST', finance);
    expect(made.status).toBe(201);
    expect((await call('POST', auditor)).status).toBe(403);
    expect((await call('GET', operator)).status).toBe(403);
    const listed = await call('GET', auditor);
    expect(listed.body.items[0]).toMatchObject({ id: made.body.id, differences: 0, compared: made.body.compared });
    expect(listed.body.items[0]).not.toHaveProperty('rows');
    expect((await call('GET', auditor, `${path}/${made.body.id}`)).body).toEqual(made.body);
    expect((await call('GET', auditor, `${path}/rec_01J00000000000000000000000`)).status).toBe(404);
    const first = await call('GET', auditor, `${path}?limit=1`);
    const next = await call('GET', auditor, `${path}?limit=1&cursor=${first.body.nextCursor}`);
    expect(next.body.items[0]?.id).not.toBe(made.body.id);
  });

  it('R5.7: reads one instant, and cannot write', async () => {
    const snapshots = shop.mall.app.get(ReadSnapshots) as ReadSnapshots;
    const count = (reader: Reader) => reader.first<{ n: number }>('SELECT COUNT(*) AS n FROM payout_days');
    await snapshots.run(async (reader) => {
      const before = await count(reader);
      await shop.execute(`INSERT INTO payout_days (guideId, businessDay, usedFen) VALUES ('gde_x', '2026-01-01', 1)`);
      expect(await count(reader)).toEqual(before);
      await expect(reader.query(`DELETE FROM payout_days`)).rejects.toThrow();
    });
    expect(await shop.execute(`DELETE FROM payout_days WHERE guideId = 'gde_x'`)).toBe(1);
  });
});
