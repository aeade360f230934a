import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OrderDetail, PaymentStatus } from '@mall/shared/orders';
import { UnexpectedAnswer } from '../tools/journey/api-client.js';
import { expectLedgerExact, expectStockExact } from './support/e2e-invariants.js';
import { type MallProcess, startMallProcess } from './support/e2e-mall-process.js';
import { type Person, RATE, Shop } from './support/e2e-shop.js';

const ROUNDS = 10;
const BUYERS = 4;
/** A purchase of this many people at once takes about as long: the blow falls anywhere within. */
const LATEST_BLOW_MS = 260;
const PATIENCE_MS = 40_000;

/** SQLite only: there the worker lives in the process that is killed. */
describe('a server that is killed and started again [sqlite]', () => {
  let mall: MallProcess;
  let shop: Shop;
  let buyers: Person[];

  beforeAll(async () => {
    mall = await startMallProcess();
    shop = await Shop.openIn(mall);
    buyers = [];
    for (let n = 0; n < BUYERS; n += 1) buyers.push(await shop.newCustomer({ through: shop.guide.code, joins: true }));
  });
  afterAll(() => mall.close());

  /** As a phone does: what got no answer is sent again, the same, until there is one. */
  async function stubbornly<T>(ask: () => Promise<T>): Promise<T> {
    const until = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        // The server said no: that is an answer. Only silence is asked again.
        if (error instanceof UnexpectedAnswer || performance.now() > until) throw error;
        await sleep(40);
      }
    }
  }

  /** Places one order by one key and pays it, through whatever happens to the server. */
  async function buy(person: Person, request: object): Promise<string> {
    const key = randomUUID();
    const { id } = await stubbornly(() => mall.api.postOnce<OrderDetail>('/api/orders', request, person.token, key));
    const params = await stubbornly(() => shop.openPayment(person, id));
    await shop.pressPay(person, params);
    const path = `/api/orders/${id}/payment`;
    const until = performance.now() + PATIENCE_MS;
    while (!(await stubbornly(() => mall.api.get<PaymentStatus>(path, person.token))).paid) {
      if (performance.now() > until) throw new Error(`order ${id} was paid and the server does not know`);
      await sleep(40);
    }
    return id;
  }

  it(`D19, D16: killed ${ROUNDS} times while ${BUYERS} people buy, it forgets no order and pays every commission once`, async () => {
    const bought: string[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const requests = await Promise.all(buyers.map((buyer) => shop.placement(buyer, { SHIRT: 1, BAG: 2 })));
      const buying = buyers.map((buyer, nth) => buy(buyer, requests[nth] as object));
      await sleep(randomInt(LATEST_BLOW_MS));
      await mall.kill();
      await mall.start();
      bought.push(...(await Promise.all(buying)));
    }
    // A relay that was killed left leases behind, which run out after a minute: here at once.
    await shop.execute('UPDATE outbox_events SET leaseUntil = 0, nextAttemptAt = 0');
    await mall.settle();
    expect(new Set(bought).size).toBe(ROUNDS * BUYERS);
    expect(await shop.count('orders')).toBe(ROUNDS * BUYERS);
    expect(await shop.count('orders', `state = 'paid'`)).toBe(ROUNDS * BUYERS);
    // Two lines, each with a guide's and a store's entry.
    expect(await shop.count('commission_entries')).toBe(ROUNDS * BUYERS * 4);
    const each = Math.floor((19_900 * RATE.guideBps) / 10_000) + Math.floor((11_980 * RATE.guideBps) / 10_000);
    const [balance] = await shop.query<{ balanceFen: number }>(
      `SELECT balanceFen FROM ledger_balances WHERE ownerKind = 'guide' AND bucket = 'pending'`,
    );
    expect(balance?.balanceFen).toBe(each * ROUNDS * BUYERS);
    expect(await shop.stock('SHIRT')).toMatchObject({ reserved: 0, sold: ROUNDS * BUYERS });
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  }, 180_000);

  it('D19: killed right after the notice was answered, it still pays the commission after the restart', async () => {
    const [person] = buyers as [Person];
    const order = await shop.place(person, { SCARF: 1 });
    await mall.emulator.post('/control/notices', { mode: 'hold' });
    await shop.pressPay(person, await shop.openPayment(person, order.id));
    const id = mall.running.emulator.notices.all().at(-1)?.id;
    const told = await mall.emulator.post<{ answer: number }>(`/control/notices/${id}/resend`, {});
    await mall.kill();
    expect(told.answer).toBe(204);
    await mall.start();
    await mall.emulator.post('/control/notices', { mode: 'deliver' });
    expect((await shop.order(person, order.id)).state).toBe('paid');
    await shop.execute('UPDATE outbox_events SET leaseUntil = 0, nextAttemptAt = 0');
    await mall.settle();
    expect((await shop.entries(order.id)).map(({ payeeKind }) => payeeKind).sort()).toEqual(['guide', 'store']);
    await expectLedgerExact(shop);
  });
});
