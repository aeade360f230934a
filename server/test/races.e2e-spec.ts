import { randomUUID } from 'node:crypto';
import type { OrderDetail, RefundSummary } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const BUYERS = 30;
const PIECES = 10;

describe.each(ENGINES)('many at once over HTTP [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const customer = () => shop.newCustomer({ through: shop.guide.code });
  const place = (person: Person, body: unknown, key: string = randomUUID()) =>
    send(shop.mall.apiUrl, 'POST', '/api/orders', { token: person.token, key, body });
  const asHq = (path: string, body: unknown, key?: string) =>
    send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, key, body });
  const ship = (orderId: string, trackingNumber: string) =>
    asHq(`/api/hq/orders/${orderId}/shipments`, { carrier: 'SF', trackingNumber });
  const receive = (person: Person, orderId: string) =>
    send(shop.mall.apiUrl, 'POST', `/api/orders/${orderId}/receipt`, { token: person.token, body: {} });
  const statuses = (answers: readonly RawAnswer[]) => answers.map(({ status }) => status).sort();

  it('R7.3: thirty buyers race for ten pieces: ten orders, twenty are told that it is sold out', async () => {
    const buyers: Person[] = [];
    for (let n = 0; n < BUYERS; n += 1) buyers.push(await shop.newCustomer());
    const first = buyers[0] as Person;
    const { quoteHash, lines } = await shop.placement(first, { RARE: 1 });
    // The price is the same for all, so one quote serves.
    const answers = await Promise.all(
      buyers.map((buyer) => place(buyer, { lines, addressId: buyer.addressId, couponIds: [], quoteHash })),
    );
    const won = answers.filter(({ status }) => status === 201);
    const lost = answers.filter(({ status }) => status !== 201);
    for (const answer of lost) {
      expect(expectProblem(answer, 409, ProblemType.StockInsufficient)).toMatchObject({ available: 0 });
    }
    expect(won).toHaveLength(PIECES);
    expect(new Set(won.map(({ body }) => (body as OrderDetail).id)).size).toBe(PIECES);
    expect(await shop.count('orders')).toBe(PIECES);
    expect(await shop.stock('RARE')).toEqual({ available: 0, reserved: PIECES, sold: 0, received: PIECES });
  });

  it('R7.2: one key sent twenty times at once makes one order, and all are answered with it', async () => {
    const person = await customer();
    const body = await shop.placement(person, { SHIRT: 2, BAG: 1 });
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 20 }, () => place(person, body, key)));
    expect(statuses(answers)).toEqual(Array.from({ length: 20 }, () => 201));
    expect(new Set(answers.map(({ body: made }) => (made as OrderDetail).id)).size).toBe(1);
    expect(await shop.count('orders', 'memberId = ?', [person.memberId])).toBe(1);
  });

  it('R6.1: two orders that race for one coupon: one has it, the other is refused whole', async () => {
    const person = await customer();
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 100, discountFen: 777 });
    const bodies = [
      await shop.placement(person, { SHIRT: 1 }, [couponId]),
      await shop.placement(person, { SCARF: 1 }, [couponId]),
    ];
    const answers = await Promise.all(bodies.map((body) => place(person, body)));
    expect(statuses(answers)).toEqual([201, 409]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expectProblem(answer, 409, ProblemType.CouponNotApplicable);
    }
    expect(await shop.count('orders', 'memberId = ?', [person.memberId])).toBe(1);
    expect(await shop.couponState(couponId)).toBe('locked');
  });

  it('R5.3: refunds of one line at once never give back more than was paid for it', async () => {
    const person = await customer();
    const order = await shop.buy(person, { SCARF: 1 });
    const orderLineId = order.lines[0]?.id;
    const body = { lines: [{ orderLineId, amountFen: 3_001 }], reason: '同时退款' };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const answers = await Promise.all(Array.from({ length: 6 }, () => asHq(path, body, randomUUID())));
    const made = answers.filter(({ status }) => status === 201);
    expect(made).toHaveLength(3);
    for (const answer of answers.filter(({ status }) => status !== 201)) {
      expect(expectProblem(answer, 422, ProblemType.RefundExceedsPaid).refundableFen).toBe(997);
    }
    for (const { body: refund } of made) await shop.untilRefund((refund as RefundSummary).id, 'succeeded');
    expect((await shop.order(person, order.id)).refundedFen).toBe(9_003);
    expect(await shop.guideFen(order.id)).toBe(74);
  });

  it('R7.2: one refund sent ten times at once with one key is one refund', async () => {
    const person = await customer();
    const order = await shop.buy(person, { SHIRT: 1 });
    const body = { lines: [{ orderLineId: order.lines[0]?.id, amountFen: 1_234 }], reason: '重复点击' };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 10 }, () => asHq(path, body, key)));
    expect(statuses(answers)).toEqual(Array.from({ length: 10 }, () => 201));
    const ids = new Set(answers.map(({ body: refund }) => (refund as RefundSummary).id));
    expect(ids.size).toBe(1);
    for (const id of ids) await shop.untilRefund(id, 'succeeded');
    expect((await shop.order(person, order.id)).refundedFen).toBe(1_234);
    expect(
      shop.mall.running.emulator.refunds.all().filter((one) => one.order.outTradeNo === order.number),
    ).toHaveLength(1);
  });

  it('D7, D9: a refund that races the release of its commission ends at exactly its share', async () => {
    const bought: { person: Person; order: OrderDetail }[] = [];
    for (let n = 0; n < 4; n += 1) {
      const person = await customer();
      const order = await shop.buy(person, { SHIRT: 1 });
      await shop.ship(order.id);
      await shop.receive(person, order.id);
      bought.push({ person, order });
    }
    const refunds = bought.map(({ order }, nth) =>
      shop.mall.api.postOnce<RefundSummary>(
        `/api/hq/orders/${order.id}/refunds`,
        { lines: [{ orderLineId: order.lines[0]?.id, amountFen: 5_003 + nth }], reason: '放款时退款' },
        shop.hqToken,
      ),
    );
    // Two runs of every job at once as well.
    const [made] = await Promise.all([Promise.all(refunds), shop.advance({ days: 8 }), shop.mall.settle()]);
    for (const { id } of made) await shop.untilRefund(id, 'succeeded');
    for (const [nth, { order }] of bought.entries()) {
      const left = 19_900 - 5_003 - nth;
      expect(await shop.guideFen(order.id)).toBe(Math.floor((left * 750) / 10_000));
      const entries = await shop.entries(order.id);
      expect(entries.map(({ state }) => state)).toEqual(['available', 'available']);
      expect(
        await shop.count(
          'ledger_transactions',
          `fact = 'released' AND sourceId IN (?, ?)`,
          entries.map(({ id }) => id),
        ),
      ).toBe(2);
    }
  });

  it('R7.1: a parcel told several times at once is shipped once; another parcel is a 409 that names the state', async () => {
    const person = await customer();
    const order = await shop.buy(person, { SOCKS: 1 });
    const answers = await Promise.all(Array.from({ length: 5 }, () => ship(order.id, 'SF900100')));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
    expect((await ship(order.id, 'SF900100')).status).toBe(200);
    expect(expectProblem(await ship(order.id, 'SF900999'), 409, ProblemType.OrderStateConflict).state).toBe('shipped');
    expect(await shop.count('shipments', 'orderId = ?', [order.id])).toBe(1);
    expect(await shop.count('outbox_events', `streamId = ? AND eventType = 'order.shipped'`, [order.id])).toBe(1);
  });

  it('R5.2: receiving several times at once is receiving once, and the clock starts once', async () => {
    const person = await customer();
    const order = await shop.buy(person, { SOCKS: 1 });
    await shop.ship(order.id);
    const answers = await Promise.all(Array.from({ length: 5 }, () => receive(person, order.id)));
    expect(statuses(answers)).toEqual([200, 200, 200, 200, 200]);
    const before = await snapshot(shop);
    expect((await receive(person, order.id)).status).toBe(200);
    expect(await snapshot(shop)).toEqual(before);
    expect(await shop.count('outbox_events', `streamId = ? AND eventType = 'order.received'`, [order.id])).toBe(1);
  });

  it('R7.1: receiving or shipping before its turn is a 409 that names the state and changes nothing', async () => {
    const person = await customer();
    const unpaid = await shop.place(person, { SOCKS: 2 });
    const paid = await shop.buy(person, { SOCKS: 1 });
    const before = await snapshot(shop);
    const tries = [
      { answer: await ship(unpaid.id, 'SF900200'), state: 'created' },
      { answer: await receive(person, unpaid.id), state: 'created' },
      { answer: await receive(person, paid.id), state: 'paid' },
      {
        answer: await send(shop.mall.apiUrl, 'POST', `/api/orders/${paid.id}/cancel`, {
          token: person.token,
          body: {},
        }),
        state: 'paid',
      },
      {
        answer: await asHq(
          `/api/hq/orders/${unpaid.id}/refunds`,
          { lines: [{ orderLineId: unpaid.lines[0]?.id, amountFen: 1 }], reason: '未付款' },
          randomUUID(),
        ),
        state: 'created',
      },
    ];
    for (const { answer, state } of tries) {
      expect(expectProblem(answer, 409, ProblemType.OrderStateConflict).state).toBe(state);
    }
    expect(await snapshot(shop)).toEqual(before);
  });

  it('R7.1, R7.3: cancelling several times at once gives the stock back once', async () => {
    const person = await customer();
    const before = await shop.stock('BAG');
    const order = await shop.place(person, { BAG: 4 });
    await shop.openPayment(person, order.id);
    const path = `/api/orders/${order.id}/cancel`;
    const cancel = () => send(shop.mall.apiUrl, 'POST', path, { token: person.token, body: {} });
    const answers = await Promise.all(Array.from({ length: 5 }, cancel));
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(expectProblem(answer, 409, ProblemType.OrderStateConflict).state).toBe('cancelled');
    }
    expect(statuses(answers)[0]).toBe(200);
    expect(await shop.stock('BAG')).toEqual(before);
  });

  it('R7.3: orders of several goods in opposite order do not lock each other out', async () => {
    const buyers = await Promise.all(Array.from({ length: 12 }, () => shop.newCustomer()));
    const answers = await Promise.all(
      buyers.map(async (buyer, nth) => {
        const body = await shop.placement(
          buyer,
          nth % 2 === 0 ? { SHIRT: 1, BAG: 2, SCARF: 1 } : { SCARF: 1, BAG: 2, SHIRT: 1 },
        );
        return place(buyer, body);
      }),
    );
    expect(statuses(answers)).toEqual(Array.from({ length: 12 }, () => 201));
  });
});
