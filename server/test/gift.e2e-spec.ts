import { randomUUID } from 'node:crypto';
import type { CommissionReceipt } from '@mall/shared/guides';
import type { OrderDetail, Quote, RefundRequest } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import type { ReconciliationReport } from '@mall/shared/reconciliation';
import { allocateFen } from '../src/platform/money/allocate.js';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { type Basket, FREIGHT_FEN, type Person, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const share = (baseFen: number, bps: number): number => Number((BigInt(baseFen) * BigInt(bps)) / 10_000n);

describe.each(ENGINES)('gifts over HTTP [%s]', (engine) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    // The gift of C15 is worth ¥40, the goods of C14 cost ¥5.
    await shop.execute('UPDATE skus SET priceFen = 4000 WHERE code = ?', ['SOCKS']);
    await shop.execute('UPDATE skus SET priceFen = 500 WHERE code = ?', ['BAG']);
  });
  afterAll(async () => {
    const report = await shop.hq<ReconciliationReport>('/api/hq/reconciliations');
    await shop.close();
    expect(report.rows).toEqual([]);
  });
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const customer = () => shop.newCustomer({ through: shop.guide.code });
  const gift = (person: Person, thresholdFen: number, giftQuantity?: number) =>
    shop.grantCoupon(person, { kind: 'gift', thresholdFen, giftSkuId: shop.skus.SOCKS, giftQuantity });
  /** Asks for the best coupons. */
  const bestQuote = (person: Person, basket: Basket) =>
    shop.mall.api.post<Quote>('/api/quotes', { lines: shop.lines(basket), addressId: person.addressId }, person.token);
  const goodsOf = (order: OrderDetail) => order.lines.find(({ isGift }) => !isGift)?.id ?? '';
  const giftOf = (order: OrderDetail) => order.lines.find(({ isGift }) => isGift)?.id ?? '';

  /** ¥300 of scarves with socks of ¥40 for ¥250 and more; delivered. */
  async function delivered(giftQuantity?: number): Promise<{ person: Person; order: OrderDetail }> {
    const person = await customer();
    const order = await shop.buy(person, { SCARF: 3 }, [await gift(person, 25_000, giftQuantity)]);
    await shop.ship(order.id);
    return { person, order: await shop.receive(person, order.id) };
  }

  /** Takes back goods, and pieces of the gift; says what was paid back. */
  async function giveBack(
    order: OrderDetail,
    amountFen: number,
    { gifts = 0, ...more }: Partial<RefundRequest> & { gifts?: number } = {},
  ) {
    const goods = amountFen === 0 ? [] : [{ orderLineId: goodsOf(order), amountFen }];
    const back = gifts === 0 ? [] : [{ orderLineId: giftOf(order), amountFen: 0, restockQuantity: gifts }];
    const { id } = await shop.refund(order.id, { lines: [...goods, ...back], ...more });
    const [row] = await shop.query<{ amountFen: number; withheldFen: number }>(
      'SELECT amountFen, withheldFen FROM refunds WHERE id = ?',
      [id],
    );
    return { amountFen: Number(row?.amountFen), withheldFen: Number(row?.withheldFen) };
  }

  it('C14, R4.1: over goods of ¥5 and a ¥0 gift the freight of ¥12 is 1200 and 0; the gift earns nobody anything', async () => {
    const person = await customer();
    const couponId = await gift(person, 500);
    const quote = await bestQuote(person, { BAG: 1 });
    expect(quote.lines).toMatchObject([
      { isGift: false, payableFen: 500, giftValueFen: 0 },
      {
        skuId: shop.skus.SOCKS,
        title: '棉袜',
        quantity: 1,
        isGift: true,
        unitPriceFen: 0,
        goodsFen: 0,
        payableFen: 0,
        giftValueFen: 4_000,
      },
    ]);
    expect(quote.coupons).toMatchObject([
      { couponId, applied: true, givesFen: 0, gift: { title: '棉袜', quantity: 1, valueFen: 4_000 }, reason: null },
    ]);
    expect(quote).toMatchObject({
      goodsFen: 500,
      discountFen: 0,
      discounts: [],
      freightFen: FREIGHT_FEN,
      totalFen: 1_700,
    });
    const before = await shop.stock('SOCKS');
    const placed = await shop.place(person, { BAG: 1 }, [couponId]);
    expect(await shop.stock('SOCKS')).toMatchObject({ reserved: before.reserved + 1, available: before.available - 1 });
    const order = await shop.pay(person, placed.id);
    expect(await shop.stock('SOCKS')).toMatchObject({ sold: before.sold + 1, available: before.available - 1 });
    expect(order.lines.map(({ payableFen, isGift, giftValueFen }) => [payableFen, isGift, giftValueFen])).toEqual([
      [500, false, 0],
      [0, true, 4_000],
    ]);
    expect(
      allocateFen(
        order.freightFen,
        order.lines.map(({ payableFen }) => payableFen),
      ),
    ).toEqual([1_200, 0]);
    const entries = await shop.entries(order.id);
    expect(entries.map(({ payeeKind, amountFen }) => [payeeKind, amountFen]).sort()).toEqual([
      ['guide', share(500, RATE.guideBps)],
      ['store', share(500, RATE.storeBps)],
    ]);
    expect(await shop.couponState(couponId)).toBe('redeemed');
  });

  it('R6.2: a gift displaces no money: it is given when nothing cheaper is possible, and she may choose it herself', async () => {
    const person = await customer();
    const giftId = await gift(person, 10_000);
    expect((await bestQuote(person, { SCARF: 1 })).lines).toHaveLength(2);
    const moneyId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 10_000, discountFen: 1 });
    const best = await bestQuote(person, { SCARF: 1 });
    expect(best.lines).toHaveLength(1);
    expect(best.discountFen).toBe(1);
    expect(best.coupons.find(({ couponId }) => couponId === giftId)).toMatchObject({ applied: false, reason: null });
    const chosen = await shop.quote(person, { SCARF: 1 }, [giftId]);
    expect(chosen).toMatchObject({ discountFen: 0, lines: [{}, { isGift: true }] });
    const both = await shop.placement(person, { SCARF: 1 }, [giftId, moneyId]);
    const refused = await send(shop.mall.apiUrl, 'POST', '/api/orders', {
      token: person.token,
      key: randomUUID(),
      body: both,
    });
    expectProblem(refused, 409, ProblemType.CouponNotApplicable);
  });

  it('R6.1, R6.2: below its threshold, sold out or withdrawn, the coupon says why and the order goes without', async () => {
    const person = await customer();
    const soldOut = await shop.grantCoupon(person, { kind: 'gift', thresholdFen: 0, giftSkuId: shop.skus.SOLDOUT });
    const hidden = await shop.grantCoupon(person, { kind: 'gift', thresholdFen: 0, giftSkuId: shop.skus.HIDDEN });
    const dear = await gift(person, 10_001);
    // Ten on the shelf, of which she buys nine herself.
    const scarce = await shop.grantCoupon(person, {
      kind: 'gift',
      thresholdFen: 10_001,
      giftSkuId: shop.skus.RARE,
      giftQuantity: 2,
    });
    const quote = await bestQuote(person, { SCARF: 1 });
    const reasons = (of: Quote) => Object.fromEntries(of.coupons.map(({ couponId, reason }) => [couponId, reason]));
    expect(reasons(quote)).toEqual({
      [soldOut]: '赠品已送完',
      [hidden]: '赠品已下架',
      [dear]: '还差 ¥0.01 可用',
      [scarce]: '还差 ¥0.01 可用',
    });
    expect(reasons(await bestQuote(person, { RARE: 9 }))[scarce]).toBe('赠品已送完');
    expect(reasons(await bestQuote(person, { RARE: 8 }))[scarce]).toBeNull();
    expect((await shop.buy(person, { SCARF: 1 })).lines).toHaveLength(1);
    const body = { ...(await shop.placement(person, { SCARF: 1 })), couponIds: [soldOut] };
    const refused = await send(shop.mall.apiUrl, 'POST', '/api/orders', {
      token: person.token,
      key: randomUUID(),
      body,
    });
    expect(expectProblem(refused, 409, ProblemType.CouponNotApplicable).detail).toBe('赠品已送完');
  });

  it('R7.3: of two orders that want the last gift at once one gets it; the other is told which goods lack', async () => {
    const people = [await customer(), await customer()];
    await shop.execute('UPDATE stock_levels SET available = 1, received = reserved + sold + 1 WHERE skuId = ?', [
      shop.skus.RARE,
    ]);
    const wishes = await Promise.all(
      people.map(async (person) => {
        const couponId = await shop.grantCoupon(person, { kind: 'gift', thresholdFen: 0, giftSkuId: shop.skus.RARE });
        return { person, body: await shop.placement(person, { SCARF: 1 }, [couponId]) };
      }),
    );
    const answers = await Promise.all(
      wishes.map(({ person, body }) =>
        send(shop.mall.apiUrl, 'POST', '/api/orders', { token: person.token, key: randomUUID(), body }),
      ),
    );
    const [won, lost] = answers.sort((a, b) => a.status - b.status).map(({ status, body }) => ({ status, body }));
    expect(won).toMatchObject({ status: 201, body: { lines: [{}, { isGift: true, skuId: shop.skus.RARE }] } });
    // Told at the quote or at the shelf, whichever saw it first.
    const why = expect.stringMatching(`^(${ProblemType.StockInsufficient}|${ProblemType.CouponNotApplicable})$`);
    expect(lost).toMatchObject({ status: 409, body: { type: why } });
    expect((await shop.stock('RARE')).available).toBe(0);
  });

  it('C15, R6.6: of a ¥300 order with a ¥40 gift from ¥250 ¥100 comes back and the gift does not: refund ¥60, base ¥200', async () => {
    const { person, order } = await delivered();
    expect(await giveBack(order, 10_000)).toEqual({ amountFen: 6_000, withheldFen: 4_000 });
    expect(await shop.guideFen(order.id)).toBe(share(20_000, RATE.guideBps));
    const entry = (await shop.entries(order.id)).find(({ payeeKind }) => payeeKind === 'guide');
    const receipt = await shop.mall.api.get<CommissionReceipt>(`/api/guide/commissions/${entry?.id}`, shop.guide.token);
    expect(receipt).toMatchObject({
      baseFen: 30_000,
      refundedBaseFen: 10_000,
      amountFen: share(20_000, RATE.guideBps),
    });
    const told = await shop.order(person, order.id);
    expect(told).toMatchObject({ refundedFen: 6_000, refunds: [{ amountFen: 6_000, withheldFen: 4_000 }] });
    expect(told.lines.map(({ refundedFen }) => refundedFen)).toEqual([10_000, 0]);
  });

  it('R6.6: the gift comes back later, alone or with goods, and what was withheld is paid back with it', async () => {
    const alone = await delivered();
    await giveBack(alone.order, 10_000);
    expect(await giveBack(alone.order, 0, { gifts: 1 })).toEqual({ amountFen: 4_000, withheldFen: -4_000 });
    expect(await shop.order(alone.person, alone.order.id)).toMatchObject({ refundedFen: 10_000 });
    const withGoods = await delivered();
    await giveBack(withGoods.order, 10_000);
    expect(await giveBack(withGoods.order, 5_000, { gifts: 1 })).toEqual({ amountFen: 9_000, withheldFen: -4_000 });
    const same = await delivered();
    expect(await giveBack(same.order, 10_000, { gifts: 1 })).toEqual({ amountFen: 10_000, withheldFen: 0 });
    const earlier = await delivered();
    expect(await giveBack(earlier.order, 1_000, { gifts: 1 })).toEqual({ amountFen: 1_000, withheldFen: 0 });
    expect(await giveBack(earlier.order, 10_000)).toEqual({ amountFen: 10_000, withheldFen: 0 });
  });

  it('R6.6: withheld once for a gift, never more than its value and never more than a refund takes', async () => {
    const { person, order } = await delivered();
    expect(await giveBack(order, 5_000)).toEqual({ amountFen: 5_000, withheldFen: 0 });
    expect(await giveBack(order, 1_500)).toEqual({ amountFen: 0, withheldFen: 1_500 });
    expect(await giveBack(order, 3_500)).toEqual({ amountFen: 1_000, withheldFen: 2_500 });
    expect(await giveBack(order, 20_000, { freightFen: FREIGHT_FEN })).toEqual({ amountFen: 21_200, withheldFen: 0 });
    expect(await shop.guideFen(order.id)).toBe(0);
    expect((await shop.order(person, order.id)).refundedFen).toBe(order.totalFen - 4_000);
    const [event] = await shop.query<{ payloadJson: string }>(
      `SELECT * FROM outbox_events WHERE eventType = 'refund.succeeded' AND streamId = ? ORDER BY id DESC LIMIT 1`,
      [order.id],
    );
    expect(JSON.stringify(event)).toContain('\\"orderFullyRefunded\\":true');
    expect(await giveBack(order, 0, { gifts: 1 })).toEqual({ amountFen: 4_000, withheldFen: -4_000 });
    expect((await shop.order(person, order.id)).refundedFen).toBe(order.totalFen);
  });

  it('R6.6: of a gift of two pieces ¥80 are withheld, and each piece that comes back pays ¥40', async () => {
    const { order } = await delivered(2);
    expect(await giveBack(order, 10_000)).toEqual({ amountFen: 2_000, withheldFen: 8_000 });
    expect(await giveBack(order, 0, { gifts: 1 })).toEqual({ amountFen: 4_000, withheldFen: -4_000 });
    expect(await giveBack(order, 0, { gifts: 1 })).toEqual({ amountFen: 4_000, withheldFen: -4_000 });
    const more = { lines: [{ orderLineId: giftOf(order), amountFen: 0, restockQuantity: 1 }], reason: '再退一次' };
    const path = `/api/hq/orders/${order.id}/refunds`;
    const refused = await send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, key: randomUUID(), body: more });
    expectProblem(refused, 422, ProblemType.RefundExceedsPaid);
  });

  it('R6.6, R5.4: goodwill is no return: nothing is withheld from it and the gift stays earned', async () => {
    const { order } = await delivered();
    expect(await giveBack(order, 10_000, { goodwill: true })).toEqual({ amountFen: 10_000, withheldFen: 0 });
    expect(await giveBack(order, 5_000)).toEqual({ amountFen: 5_000, withheldFen: 0 });
    expect(await giveBack(order, 1)).toEqual({ amountFen: 0, withheldFen: 1 });
  });

  it('R6.6: two refunds at once that both fall below the threshold withhold the gift once', async () => {
    const { person, order } = await delivered();
    await Promise.all([giveBack(order, 10_000), giveBack(order, 9_000)]);
    expect((await shop.order(person, order.id)).refundedFen).toBe(19_000 - 4_000);
  });

  it('R6.6, R7.1: before anything is sent the gift goes back to the shelf with the last of the goods, all money paid back', async () => {
    const person = await customer();
    const before = await shop.stock('SOCKS');
    const order = await shop.buy(person, { SCARF: 3 }, [await gift(person, 25_000)]);
    expect(await giveBack(order, 10_000)).toEqual({ amountFen: 6_000, withheldFen: 4_000 });
    const rest = { orderLineId: goodsOf(order), amountFen: 20_000, restockQuantity: 3 };
    await shop.refund(order.id, { lines: [rest], freightFen: FREIGHT_FEN });
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'cancelled', refundedFen: order.totalFen });
    expect(await shop.stock('SOCKS')).toEqual(before);
  });

  it('R6.1: a gift coupon must name a gift that exists, and no other kind may name one', async () => {
    await shop.mall.settle();
    const before = await snapshot(shop);
    const base = { name: '赠品券', thresholdFen: 0, validDays: 7 };
    for (const coupon of [
      { ...base, kind: 'gift' },
      { ...base, kind: 'gift', giftSkuId: 'sku_01ZZZZZZZZZZZZZZZZZZZZZZZZ' },
      { ...base, kind: 'gift', giftSkuId: shop.skus.SOCKS, giftQuantity: 0 },
      { ...base, kind: 'gift', giftSkuId: shop.skus.SOCKS, discountFen: 100 },
      { ...base, kind: 'amount_off', discountFen: 100, giftSkuId: shop.skus.SOCKS },
    ]) {
      const body = { name: '赠品活动', trigger: 'received', holdoutBps: 0, coupon };
      const path = '/api/hq/coupon-campaigns';
      expectProblem(
        await send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, body }),
        422,
        ProblemType.ValidationFailed,
      );
    }
    expect(await snapshot(shop)).toEqual(before);
  });
});
