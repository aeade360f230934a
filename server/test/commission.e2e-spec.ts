import type { CommissionReceipt } from '@mall/shared/guides';
import type { AttributionView } from '@mall/shared/hq';
import type { OrderDetail } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact } from './support/e2e-invariants.js';
import { type Basket, FREIGHT_FEN, type GuidePerson, type Person, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;
const share = (baseFen: number, bps: number): number => Number((BigInt(baseFen) * BigInt(bps)) / 10_000n);

describe.each(ENGINES)('commission over HTTP [%s]', (engine) => {
  let shop: Shop;
  let rival: GuidePerson;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    rival = await shop.newGuide('王敏');
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const customer = (joins = false) => shop.newCustomer({ through: shop.guide.code, joins });
  const lineOf = (order: OrderDetail, nth = 0): string => order.lines[nth]?.id ?? '';
  const refundLine = (order: OrderDetail, amountFen: number, goodwill = false) =>
    shop.refund(order.id, { lines: [{ orderLineId: lineOf(order), amountFen }], goodwill });
  const attribution = (orderId: string) => shop.hqGet<AttributionView>(`/api/hq/orders/${orderId}/attribution`);

  async function guideEntry(orderId: string) {
    const entry = (await shop.entries(orderId)).find(({ payeeKind }) => payeeKind === 'guide');
    if (entry === undefined) throw new Error(`order ${orderId} earns no guide anything`);
    return entry;
  }

  async function receipt(orderId: string, guide = shop.guide): Promise<CommissionReceipt> {
    return shop.mall.api.get(`/api/guide/commissions/${(await guideEntry(orderId)).id}`, guide.token);
  }

  async function bought(basket: Basket, person?: Person): Promise<{ person: Person; order: OrderDetail }> {
    const buyer = person ?? (await customer());
    return { person: buyer, order: await shop.buy(buyer, basket) };
  }

  /** Bought, shipped and received. */
  async function delivered(basket: Basket) {
    const made = await bought(basket);
    await shop.ship(made.order.id);
    return { ...made, order: await shop.receive(made.person, made.order.id) };
  }

  it('C5, D2, D3: ¥199.00 and ¥59.90 less a coupon of ¥30 with ¥12 freight at 7.5% earn 1319 + 397 fen', async () => {
    const person = await customer();
    const couponId = await shop.grantCoupon(person, { kind: 'amount_off', thresholdFen: 10_000, discountFen: 3_000 });
    const order = await shop.buy(person, { SHIRT: 1, BAG: 1 }, [couponId]);
    await shop.mall.settle();
    expect(order).toMatchObject({ goodsFen: 25_890, discountFen: 3_000, freightFen: FREIGHT_FEN, totalFen: 24_090 });
    expect(order.lines.map(({ discountFen, payableFen }) => [discountFen, payableFen])).toEqual([
      [2_306, 17_594],
      [694, 5_296],
    ]);
    const entries = await shop.entries(order.id);
    const of = (kind: string) =>
      entries.filter(({ payeeKind }) => payeeKind === kind).map(({ amountFen }) => amountFen);
    expect(of('guide').sort()).toEqual([1_319, 397].sort());
    expect(of('store').sort()).toEqual([share(17_594, RATE.storeBps), share(5_296, RATE.storeBps)].sort());
  });

  it('R5.3, D2: giving back the freight costs the guide nothing', async () => {
    const { order } = await bought({ SHIRT: 1 });
    await shop.refund(order.id, { lines: [], freightFen: FREIGHT_FEN });
    expect(await shop.guideFen(order.id)).toBe(share(19_900, RATE.guideBps));
  });

  it.each([
    ['before receipt', 'paid'],
    ['while frozen', 'received'],
    ['after release', 'available'],
  ])(
    'C8, D5, D6: ¥100 refunded in 33.33, 33.33 and 33.34 %s ends at 0, no step passing what was posted',
    async (_, when) => {
      const { order } = when === 'paid' ? await bought({ SCARF: 1 }) : await delivered({ SCARF: 1 });
      if (when === 'available') await shop.advance({ days: 8 });
      expect((await guideEntry(order.id)).state).toBe(
        { paid: 'pending', received: 'frozen', available: 'available' }[when],
      );
      let left = 10_000;
      for (const part of [3_333, 3_333, 3_334]) {
        await refundLine(order, part);
        left -= part;
        expect(await shop.guideFen(order.id)).toBe(share(left, RATE.guideBps));
      }
      const told = await receipt(order.id);
      expect(told).toMatchObject({ postedFen: 750, reversedFen: 750, amountFen: 0, refundedBaseFen: 10_000 });
      const whole = (await bought({ SCARF: 1 })).order;
      await refundLine(whole, 10_000);
      expect(await shop.guideFen(whole.id)).toBe(0);
    },
  );

  it('C7, R5.4, D5: a goodwill refund costs the guide nothing, and returning the rest leaves her its share', async () => {
    const { order } = await delivered({ SCARF: 1 });
    await refundLine(order, 1_000, true);
    expect(await shop.guideFen(order.id)).toBe(750);
    await refundLine(order, 9_000);
    expect(await shop.guideFen(order.id)).toBe(share(1_000, RATE.guideBps));
  });

  it('R5.2, D8: pending when paid, frozen when received, available seven days after receipt and not before', async () => {
    const { person, order } = await bought({ SHIRT: 1 });
    expect(await guideEntry(order.id)).toMatchObject({ state: 'pending', availableAt: null });
    await shop.advance({ days: 9 });
    expect((await guideEntry(order.id)).state).toBe('pending');
    await shop.ship(order.id);
    const { receivedAt } = await shop.receive(person, order.id);
    expect(await guideEntry(order.id)).toMatchObject({ state: 'frozen', availableAt: (receivedAt ?? 0) + 7 * DAY_MS });
    await shop.advance({ days: 6, hours: 23 });
    expect((await guideEntry(order.id)).state).toBe('frozen');
    await shop.advance({ hours: 2 });
    expect((await guideEntry(order.id)).state).toBe('available');
    expect((await shop.order(person, order.id)).state).toBe('completed');
  });

  it('R5.2, R7.1: a parcel that nobody confirms counts as received after ten days, and is completed seven days later', async () => {
    const { person, order } = await bought({ BAG: 1 });
    await shop.ship(order.id);
    const { shippedAt } = await shop.order(person, order.id);
    await shop.advance({ days: 9, hours: 23 });
    expect((await shop.order(person, order.id)).state).toBe('shipped');
    await shop.advance({ hours: 2 });
    // The due time is when it happened, not the run of the job.
    const receivedAt = (shippedAt ?? 0) + 10 * DAY_MS;
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'received', receivedAt });
    await shop.advance({ days: 8 });
    const completedAt = receivedAt + 7 * DAY_MS;
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'completed', completedAt });
    expect((await guideEntry(order.id)).availableAt).toBe(completedAt);
  });

  it('C12, R5.4, D6: a refund sixty-one days after receipt is paid out, and the guide keeps hers', async () => {
    const { person, order } = await delivered({ SCARF: 2 });
    const { finalAt, receivedAt } = await receipt(order.id);
    expect(finalAt).toBe((receivedAt ?? 0) + 60 * DAY_MS);
    await shop.advance({ days: 61 });
    await refundLine(order, 20_000);
    expect((await shop.order(person, order.id)).refundedFen).toBe(20_000);
    expect(await receipt(order.id)).toMatchObject({
      amountFen: 1_500,
      reversedFen: 0,
      refundedBaseFen: 0,
      state: 'available',
      refunds: [{ amountFen: 20_000, reversedFen: 0, text: '佣金结清后的退款，由总部承担，不扣佣金' }],
    });
  });

  it('R5.6: the receipt explains itself: base, rate, rounding, reversals and history add up', async () => {
    const { order } = await delivered({ BAG: 3 });
    await refundLine(order, 1_111);
    const told = await receipt(order.id);
    expect(told).toMatchObject({ goodsFen: 17_970, discountFen: 0, baseFen: 17_970, bps: 750, guideName: '陈静' });
    expect(told.postedFen).toBe(share(told.baseFen, told.bps));
    expect(told.amountFen).toBe(told.postedFen - told.reversedFen);
    expect(told.amountFen).toBe(share(told.baseFen - told.refundedBaseFen, told.bps));
    expect(told.computationText).toBe('17970 分 × 7.5% = 1347.75 分');
    expect(told.ruleText).toContain('7.5%');
    expect(told.attributionSentence).toContain('陈静');
    expect(told.history.map(({ amountFen }) => amountFen)).toEqual([1_347, 1_347, -told.reversedFen]);
    expect(told.history[0]?.at).toBe(order.paidAt);
    expect(told.history.map(({ at }) => at)).toEqual(told.history.map(({ at }) => at).sort((a, b) => a - b));
    const { id } = await guideEntry(order.id);
    expect(await shop.hqGet<CommissionReceipt>(`/api/hq/commissions/${id}`)).toEqual(told);
  });

  it('R3.3, D14: a guide who buys for herself through her own card is paid nothing, nor is anybody else', async () => {
    expect(await shop.touch(rival, rival.code)).toEqual({ guide: null, target: { kind: 'home', id: null } });
    await shop.touch(rival, shop.guide.code);
    const order = await shop.buy(rival, { SHIRT: 1 });
    expect(await shop.entries(order.id)).toEqual([]);
    const view = await attribution(order.id);
    expect(view.guideId).toBeNull();
    expect(view.losers.map(({ reason }) => reason).sort()).toEqual(['buyer_is_guide', 'self_purchase']);
  });

  it('R2.3, R3.2a, D13: inside protection another guide’s newer card loses, and HQ sees that it did and why', async () => {
    const person = await customer(true);
    await shop.touch(person, rival.code);
    const { order } = await bought({ SHIRT: 1 }, person);
    const view = await attribution(order.id);
    expect(view).toMatchObject({ branch: 'a', guideId: shop.guide.guideId, guideName: '陈静' });
    expect(view.losers).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'touch', guideId: rival.guideId, guideName: '王敏', reason: 'outranked' }),
      ]),
    );
    expect(view.losers.every(({ sentence }) => /[\u4e00-\u9fff]/.test(sentence))).toBe(true);
    expect((await shop.order(person, order.id)).attribution.guide?.name).toBe('陈静');
  });

  it('R2.3, R3.2c, C2: after sixteen days without an order a newer card wins, and the paid order moves the binding', async () => {
    const person = await customer(true);
    await shop.advance({ days: 16 });
    await shop.touch(person, rival.code);
    const waiting = await shop.place(person, { BAG: 1 });
    expect(await attribution(waiting.id)).toMatchObject({ branch: 'c', guideId: rival.guideId });
    const me = () => shop.mall.api.get<{ myGuide: { name: string } | null }>('/api/me', person.token);
    expect((await me()).myGuide?.name).toBe('陈静');
    await shop.pay(person, waiting.id);
    expect((await me()).myGuide?.name).toBe('王敏');
    // From here on she is the rival's, and protected.
    await shop.touch(person, shop.guide.code);
    const next = await shop.buy(person, { SOCKS: 1 });
    expect(await attribution(next.id)).toMatchObject({ branch: 'a', guideId: rival.guideId });
    const bindings = await shop.query<{ guideId: string }>(
      'SELECT guideId FROM bindings WHERE memberId = ? ORDER BY memberSequence',
      [person.memberId],
    );
    expect(bindings.map(({ guideId }) => guideId)).toEqual([shop.guide.guideId, rival.guideId]);
  });

  it('C17, R2.4, D1: a guide who leaves between order and payment is paid for it, and for nothing later', async () => {
    const leaver = await shop.newGuide('周琳');
    const person = await shop.newCustomer({ through: leaver.code });
    const order = await shop.place(person, { SHIRT: 1 });
    await shop.hq(`/api/hq/guides/${leaver.guideId}/leave`, { reason: '离职测试' });
    await shop.pay(person, order.id);
    expect(await shop.guideFen(order.id)).toBe(share(19_900, RATE.guideBps));
    expect((await receipt(order.id, leaver)).guideName).toBe('周琳');
    const later = await shop.buy(person, { SHIRT: 1 });
    expect(later.attribution.guide).toBeNull();
    expect(await shop.guideFen(later.id)).toBe(0);
  });

  it('R4.3, C20: an order keeps the rate of its creation, a rate in the future waits, and never makes a quote stale', async () => {
    const person = await customer();
    const [old, placement] = [await shop.place(person, { SCARF: 1 }), await shop.placement(person, { SCARF: 1 })];
    await shop.publishRate(500, 100, (await shop.now()) + 2 * DAY_MS);
    const before = await shop.buy(await customer(), { SCARF: 1 });
    await shop.pay(person, old.id);
    await shop.publishRate(600, 100);
    const placed = await shop.mall.api.postOnce<OrderDetail>('/api/orders', placement, person.token);
    await shop.pay(person, placed.id);
    expect(await shop.guideFen(old.id)).toBe(750);
    expect(await shop.guideFen(before.id)).toBe(750);
    expect(await shop.guideFen(placed.id)).toBe(600);
    await shop.advance({ days: 3 });
    expect(await shop.guideFen((await shop.buy(await customer(), { SCARF: 1 })).id)).toBe(500);
    expect(await shop.guideFen(old.id)).toBe(750);
    const past = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' }, guideBps: 1, reason: '倒填日期' };
    const answer = await send(shop.mall.apiUrl, 'POST', '/api/hq/commission-rules', {
      token: shop.hqToken,
      body: { ...past, effectiveFrom: (await shop.now()) - 60_000 },
    });
    expectProblem(answer, 422, ProblemType.CommissionRuleInvalid);
  });
});
