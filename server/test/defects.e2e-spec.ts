import type { Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, snapshot } from './support/e2e-invariants.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

/** Defects of the malls in use that no other file has in its titles. */
describe.each(ENGINES)('what the malls in use get wrong [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(() => expectLedgerExact(shop));

  it('D4, R1.1, R1.3: three pieces at 7.77% round once over the line, not piece by piece, and no percent is lost', async () => {
    await shop.publishRate(777, 0);
    const person = await shop.newCustomer({ through: shop.guide.code });
    const order = await shop.buy(person, { BAG: 3 });
    await shop.mall.settle();
    // 17,970 × 777 / 10,000 = 1,396.269. Piece by piece it would be 3 × 465 = 1,395; at whole percents 1,257 or 1,437.
    expect(await shop.guideFen(order.id)).toBe(1_396);
    const tenth = await shop.newCustomer({ through: shop.guide.code });
    await shop.publishRate(1, 0);
    const least = await shop.buy(tenth, { SHIRT: 1 });
    expect(await shop.guideFen(least.id)).toBe(1);
  });

  it('D1, R3.1: given to another guide between order and payment, she pays the guide of the order; the next is the other’s', async () => {
    const rival = await shop.newGuide('王敏');
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    await shop.publishRate(1_000, 0);
    const order = await shop.place(person, { SCARF: 1 });
    await shop.hq(`/api/hq/members/${person.memberId}/transfer`, { guideId: rival.guideId, reason: '顾客要求' });
    await shop.touch(person, rival.code);
    await shop.pay(person, order.id);
    const paid = async (orderId: string) =>
      (await shop.entries(orderId)).map(({ payeeId, amountFen }) => [payeeId, amountFen]);
    expect(await paid(order.id)).toEqual([[shop.guide.guideId, 1_000]]);
    expect(await paid((await shop.buy(person, { SCARF: 1 })).id)).toEqual([[rival.guideId, 1_000]]);
  });

  it('D16, R5.1: a payment that is told twice, as two facts, earns one commission a line and payee', async () => {
    await shop.publishRate(750, 233);
    const person = await shop.newCustomer({ through: shop.guide.code });
    const order = await shop.buy(person, { SHIRT: 1, BAG: 2 });
    const before = await snapshot(shop);
    // Another id and the next place of its stream: nothing but what it says tells it from a first one.
    const added = await shop.execute(
      `INSERT INTO outbox_events (id, eventType, streamId, streamPosition, payloadJson, occurredAt, recordedAt, state,
         attempts, nextAttemptAt, leaseUntil)
       SELECT ?, eventType, streamId, streamPosition + 1000, payloadJson, occurredAt, recordedAt, 'pending', 0, 0, 0
       FROM outbox_events WHERE streamId = ? AND eventType = 'order.paid'`,
      [`evt_again_${engine}`, order.id],
    );
    expect(added).toBe(1);
    await shop.mall.settle();
    expect(await shop.count('outbox_events', `id = ? AND state = 'done'`, [`evt_again_${engine}`])).toBe(1);
    const after = await snapshot(shop);
    expect(await shop.count('commission_entries', 'orderId = ?', [order.id])).toBe(4);
    for (const table of ['commission_entries', 'ledger_transactions', 'ledger_legs', 'ledger_balances']) {
      expect(after[table]).toEqual(before[table]);
    }
  });

  it('D21, R7.4: asking for a price makes no order, takes no stock and locks no coupon, however often it is asked', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code });
    await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 1_000, discountFen: 500 });
    const before = await snapshot(shop);
    const quotes = await Promise.all(Array.from({ length: 5 }, () => shop.quote(person, { SHIRT: 2, BAG: 1 })));
    expect(new Set(quotes.map(({ quoteHash }: Quote) => quoteHash)).size).toBe(1);
    // A flag that would turn the question into an order is not known here.
    const body = { lines: shop.lines({ SHIRT: 1 }), addressId: person.addressId, calculate: false, submit: true };
    const flagged = await send(shop.mall.apiUrl, 'POST', '/api/quotes', { token: person.token, body });
    expectProblem(flagged, 422, ProblemType.ValidationFailed);
    expect(await snapshot(shop)).toEqual(before);
  });
});
