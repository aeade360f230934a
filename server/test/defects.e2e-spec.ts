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
