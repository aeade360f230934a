import { RequestPayout } from '../src/distribution/payouts/request-payout.service.js';
import type { OrderEntity } from '../src/mall/orders/orders.public.js';
import { ConfirmPayment } from '../src/mall/payments/confirm-payment.service.js';
import { DraftPayment } from '../src/mall/payments/draft-payment.service.js';
import { PaymentEntity } from '../src/mall/payments/payment.entity.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { ProblemError } from '../src/platform/http/problem.js';
import type { WechatTransaction } from '../src/wechat/wechat.public.js';
import { PAYOUT_LIMITS } from '../tools/model/world.js';
import { CUSTOMER, GUIDE_BPS, PRICE_FEN, RACES_MS, RaceWorld, ROUNDS, STORE_BPS, share } from './model/race-world.js';
import { ENGINES } from './support/test-database.js';

/** How many calls came through; what was refused must have been refused as a problem. */
async function accepted(calls: Promise<unknown>[]): Promise<number> {
  const ends = await Promise.allSettled(calls);
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toBeInstanceOf(ProblemError);
  return ends.filter(({ status }) => status === 'fulfilled').length;
}

describe.each(ENGINES)(`money under concurrency, ${ROUNDS} rounds each [%s]`, (engine) => {
  let races: RaceWorld;
  beforeAll(async () => {
    races = await RaceWorld.open(engine);
  }, RACES_MS);
  afterAll(() => races.close());
  beforeEach(() => races.reset());

  it(
    'D7, R5.3: a refund and a release of one line end at the same fen, whoever is first',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        const order = await races.dueOrder();
        const amountFen = round % 3 === 0 ? PRICE_FEN : 1 + ((round * 997) % PRICE_FEN);
        const lines = [{ line: 0, amountFen }];
        const common = { refund: round, order, lines, freightFen: 0, goodwill: false, settled: true };
        // The refund's events are told while the job runs: hold, reversal and release meet on the same rows.
        await races.player.play({ kind: 'refund', ...common });
        await Promise.all([races.relay.drain(), races.release.run(), races.otherRelease.run()]);
        await races.release.run();
        await races.relay.drain();
        const left = PRICE_FEN - amountFen;
        const due = { 'guide:available': share(left, GUIDE_BPS), 'store:available': share(left, STORE_BPS) };
        expect(await races.balances()).toEqual(Object.fromEntries(Object.entries(due).filter(([, fen]) => fen > 0)));
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );

  it(
    'D9, R5.1: two releases of one entry by two jobs release it once',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        const order = await races.dueOrder(2);
        await Promise.all([races.release.run(), races.otherRelease.run(), races.otherRelease.run()]);
        await races.relay.drain();
        const goods = PRICE_FEN * 2;
        const due = { 'guide:available': share(goods, GUIDE_BPS), 'store:available': share(goods, STORE_BPS) };
        expect(await races.balances()).toEqual(due);
        const released = `SELECT COUNT(*) AS n FROM ledger_transactions t JOIN ledger_legs l ON l.transactionId = t.id
        WHERE t.fact = 'released' AND l.amountFen > 0 AND l.orderId = ?`;
        expect(await races.count(released, [races.idOf(order)])).toBe(2);
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );

  it(
    'D10, R5.5: of payouts over one balance as many are taken as it covers, and it is never overdrawn',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        await races.dueOrder(3);
        await races.release.run();
        await races.relay.drain();
        const balanceFen = share(PRICE_FEN * 3, GUIDE_BPS);
        const guideId = races.world.guideId(0);
        const request = races.world.get(RequestPayout);
        const parts = round % 2 === 0 ? [balanceFen - 500, 501] : [1_200, 1_300, 900];
        const calls = parts.map((amountFen, index) =>
          request.execute(guideId, `round-${round}-${index}`, { amountFen: amountFen as never }),
        );
        const taken = await accepted(calls);
        const paying = (await races.balances())['guide:paying'] ?? 0;
        const available = (await races.balances())['guide:available'] ?? 0;
        expect(paying + available).toBe(balanceFen);
        expect(available).toBeGreaterThanOrEqual(0);
        expect(await races.count(`SELECT COUNT(*) AS n FROM payout_requests`)).toBe(taken);
        expect(await races.count('SELECT SUM(amountFen) AS n FROM payout_requests')).toBe(paying);
        // Which are taken depends on who comes first; whoever was refused asked for more than was left, of the
        // balance or of the day.
        expect(taken).toBeGreaterThan(0);
        const outcomes = await Promise.allSettled(calls);
        for (const [index, { status }] of outcomes.entries()) {
          const left = Math.min(available, PAYOUT_LIMITS.dayMaxFen - paying);
          if (status === 'rejected') expect(parts[index]).toBeGreaterThan(left);
        }
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );

  it(
    'R2.3: two paid orders through two guides bind a member once, and each pays its own guide',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        const orders = [await races.order(0, CUSTOMER), await races.order(1, CUSTOMER)];
        await Promise.all(orders.map((order) => races.pay(order)));
        await Promise.all([races.relay.drain(), races.otherRelay.drain()]);
        await races.relay.drain();
        const memberId = races.world.memberId(CUSTOMER);
        const rows = await races.query<{ memberSequence: number; guideId: string }>(
          'SELECT memberSequence, guideId FROM bindings WHERE memberId = ? ORDER BY memberSequence',
          [memberId],
        );
        expect(rows.map(({ memberSequence }) => memberSequence)).toEqual([1]);
        const held = await races.query<{ guideId: string }>('SELECT guideId FROM binding_orders WHERE memberId = ?', [
          memberId,
        ]);
        expect(held).toEqual([{ guideId: rows[0]?.guideId }]);
        expect((await races.balances(0))['guide:pending']).toBe(share(PRICE_FEN, GUIDE_BPS));
        expect((await races.balances(1))['guide:pending']).toBe(share(PRICE_FEN, 750));
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );

  it(
    'R2.3: joining while a paid order binds makes one binding, or says that the offer has changed',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        const order = await races.order(1, CUSTOMER);
        await races.player.play({ kind: 'touch', person: CUSTOMER, guide: 0, link: 'live' });
        await races.pay(order);
        await accepted([races.world.join(CUSTOMER), races.relay.drain(), races.otherRelay.drain()]);
        await races.relay.drain();
        const memberId = races.world.memberId(CUSTOMER);
        expect(await races.count('SELECT COUNT(*) AS n FROM bindings WHERE memberId = ?', [memberId])).toBe(1);
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );

  it(
    'C25, D16: a notice and a query that report one payment at once accrue once',
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        await races.reset();
        const order = await races.order(0, CUSTOMER);
        const reported = await openPayment(races, order);
        const work = races.world.get(UnitOfWork);
        const report = () => work.run((tx) => races.world.get(ConfirmPayment).execute(tx, reported, 'notice'));
        const heard = await Promise.all([report(), report(), report()]);
        expect(heard.sort()).toEqual(['again', 'again', 'paid']);
        await Promise.all([races.relay.drain(), races.otherRelay.drain()]);
        const orderId = races.idOf(order);
        expect(await races.count('SELECT COUNT(*) AS n FROM commission_entries WHERE orderId = ?', [orderId])).toBe(2);
        const paid = `SELECT COUNT(*) AS n FROM ledger_transactions WHERE sourceId = ? AND fact = 'paid'`;
        expect(await races.count(paid, [orderId])).toBe(1);
        expect(await races.balances()).toEqual({
          'guide:pending': share(PRICE_FEN, GUIDE_BPS),
          'store:pending': share(PRICE_FEN, STORE_BPS),
        });
        await races.expectExactBooks();
      }
    },
    RACES_MS,
  );
});

/** Stores what the mall stores before it asks WeChat, and gives what WeChat says once the customer has paid. */
async function openPayment(races: RaceWorld, label: number): Promise<WechatTransaction> {
  const { world } = races;
  return world.get(UnitOfWork).run(async (tx) => {
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [races.idOf(label)]);
    if (order === null) throw new Error('the order is gone');
    const payment = await world.get(DraftPayment).execute(tx, order, world.mall.clock.now + 900_000);
    await tx.insert(PaymentEntity, payment);
    return {
      outTradeNo: payment.outTradeNo,
      tradeState: 'SUCCESS',
      transactionId: `tr-${payment.outTradeNo}`,
      totalFen: payment.amountFen,
      payerTotalFen: payment.amountFen,
      payerOpenid: payment.payerOpenid,
      paidAt: world.mall.clock.now,
      attach: null,
    };
  });
}
