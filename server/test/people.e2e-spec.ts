/** One person and her guide through a whole mall: what bindings, hand-overs and merges mean for the money (R2). */
import { randomUUID } from 'node:crypto';
import type { MemberBindings } from '@mall/shared/bindings';
import type { AttributionView } from '@mall/shared/hq';
import type { OrderSummary } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { Members } from '../src/membership/members/members.public.js';
import { MergeMembers } from '../src/membership/merging/merging.public.js';
import { SessionStore } from '../src/platform/auth/session-store.js';
import { UnitOfWork } from '../src/platform/database/unit-of-work.js';
import { send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact } from './support/e2e-invariants.js';
import { type GuidePerson, type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;
const ROUNDS = 50;

describe.each(ENGINES)('people over HTTP [%s]', (engine) => {
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

  const attribution = (orderId: string) => shop.hqGet<AttributionView>(`/api/hq/orders/${orderId}/attribution`);
  const steps = async (memberId: string) =>
    (await shop.hqGet<MemberBindings>(`/api/hq/members/${memberId}/bindings`)).steps;
  const merge = (one: string, other: string) =>
    shop.mall.app
      .get(UnitOfWork)
      .run((tx) => shop.mall.app.get(MergeMembers, { strict: false }).execute(tx, one, other, 'hq'));
  const ordersOf = async ({ token }: Pick<Person, 'token'>) =>
    (await shop.mall.api.get<Page<OrderSummary>>('/api/orders', token)).items.map(({ id }) => id);

  it('C1: joined day 0 through A, paid day 1, received day 13: day 18 is still A’s, day 20 restarts both clocks', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    const day0 = (await steps(person.memberId))[0]?.at ?? 0;
    await shop.advance({ days: 1 });
    const first = await shop.buy(person, { SHIRT: 1 });
    await shop.advance({ days: 4 });
    await shop.ship(first.id);
    await shop.advance({ days: 8 });
    await shop.receive(person, first.id);
    await shop.advance({ days: 4 });
    await shop.touch(person, rival.code);
    await shop.advance({ days: 1 });
    const second = await shop.place(person, { BAG: 1 });
    expect(second.createdAt - day0).toBeGreaterThan(18 * DAY_MS);
    expect(await attribution(second.id)).toMatchObject({ branch: 'a', guideId: shop.guide.guideId });
    await shop.advance({ days: 2 });
    await shop.mall.settle();
    const [renewal] = await steps(person.memberId);
    const received = (await shop.order(person, first.id)).receivedAt ?? 0;
    expect(renewal).toMatchObject({
      cause: 'renewal',
      at: received + 7 * DAY_MS,
      protectedUntil: received + 22 * DAY_MS,
      validUntil: received + 97 * DAY_MS,
    });
  });

  it('C17, D1: a guide who leaves between order and payment is paid; the next order follows the hand-over', async () => {
    const leaver = await shop.newGuide('离职');
    const person = await shop.newCustomer({ through: leaver.code, joins: true });
    const order = await shop.place(person, { SCARF: 1 });
    await shop.hq(`/api/hq/guides/${leaver.guideId}/leave`, { reason: '离职' });
    const handOver = { toGuideIds: [rival.guideId], reason: '离职交接' };
    expect(await shop.hq(`/api/hq/guides/${leaver.guideId}/hand-over`, handOver)).toMatchObject({
      moved: 1,
      finished: true,
    });
    await shop.pay(person, order.id);
    const entries = (await shop.entries(order.id)).filter(({ payeeKind }) => payeeKind === 'guide');
    expect(entries.map(({ payeeId, amountFen }) => [payeeId, amountFen])).toEqual([[leaver.guideId, 750]]);
    const next = await shop.place(person, { SOCKS: 1 });
    expect(await attribution(next.id)).toMatchObject({ branch: 'a', guideId: rival.guideId });
    expect((await steps(person.memberId)).map(({ cause }) => cause)).toEqual(['hand_over', 'join']);
  });

  it('C3: two entries merge: A (protected) stays, B (older) closes as merged, orders, coupons and slots add up', async () => {
    const older = await shop.newCustomer({ through: rival.code, joins: true });
    await shop.advance({ days: 20 });
    const younger = await shop.newCustomer({ through: shop.guide.code, joins: true });
    const bought = [await shop.buy(older, { SHIRT: 1 }), await shop.buy(younger, { BAG: 1 })].map(({ id }) => id);
    const coupon = { kind: 'amount_off', thresholdFen: 1_000, discountFen: 300 };
    const granted = [await shop.grantCoupon(older, coupon), await shop.grantCoupon(younger, coupon)];
    for (const { memberId } of [older, younger]) {
      const row = ['cpt_shared', memberId, 1, granted[0] ?? ''];
      await shop.execute(
        'INSERT INTO coupon_member_slots (templateId, memberId, slot, couponId) VALUES (?, ?, ?, ?)',
        row,
      );
    }
    const coupons = await shop.count('coupons');
    expect(await merge(younger.memberId, older.memberId)).toEqual({ outcome: 'merged', memberId: older.memberId });
    await shop.mall.settle();

    for (const person of [older, younger]) expect((await ordersOf(person)).sort()).toEqual([...bought].sort());
    expect([await shop.count('coupons'), await shop.count('coupons', 'memberId = ?', [younger.memberId])]).toEqual([
      coupons,
      0,
    ]);
    const mine = await shop.query<{ id: string }>('SELECT id FROM coupons WHERE memberId = ?', [older.memberId]);
    expect(mine.map(({ id }) => id)).toEqual(expect.arrayContaining(granted));
    const slots = await shop.query(`SELECT memberId, slot FROM coupon_member_slots WHERE templateId = 'cpt_shared'`);
    expect(slots).toHaveLength(2);
    expect(slots).toEqual(expect.arrayContaining([1, 2].map((slot) => ({ memberId: older.memberId, slot }))));
    for (const table of ['attributions', 'sold_orders', 'commission_entries', 'touches', 'binding_orders']) {
      expect([table, await shop.count(table, 'memberId = ?', [younger.memberId])]).toEqual([table, 0]);
    }
    expect(await shop.count('first_paid_orders', 'memberId IN (?, ?)', [older.memberId, younger.memberId])).toBe(1);

    const [newest] = (await steps(older.memberId)).filter(({ memberId }) => memberId === older.memberId);
    expect(newest).toMatchObject({ cause: 'merged', from: { name: '王敏' }, to: { name: '陈静' } });
    for (const person of [older, younger]) {
      const order = await shop.place(person, { SOCKS: 1 });
      expect(await attribution(order.id)).toMatchObject({ branch: 'a', guideId: shop.guide.guideId });
    }
    // What was paid before the merge is refunded as ever: the commission of each order is reversed in full.
    for (const orderId of bought) {
      const [line] = await shop.query<{ id: string; payableFen: number }>(
        'SELECT id, payableFen FROM order_lines WHERE orderId = ?',
        [orderId],
      );
      const lines = [{ orderLineId: line?.id ?? '', amountFen: line?.payableFen ?? 0 }];
      await shop.refund(orderId, { lines } as never);
      expect(await shop.guideFen(orderId)).toBe(0);
    }
  });

  it(`R2.1: an order that is being placed while its member is merged is never lost and never doubled, ${ROUNDS} times`, async () => {
    const app = shop.mall.app;
    const [members, sessions] = [app.get(Members, { strict: false }), app.get(SessionStore, { strict: false })];
    const entry = (name: string) =>
      app.get(UnitOfWork).run(async (tx) => {
        const person = {
          appId: shop.mall.running.credentials.appId,
          openid: `openid-${engine}-${name}`,
          unionid: null,
        };
        const { id: memberId } = await members.findOrCreateByWechat(tx, person);
        return { memberId, ...(await sessions.open(tx, { kind: 'member', memberId })) };
      });
    for (let round = 0; round < ROUNDS; round += 1) {
      const [stays, closes] = [await entry(`stays-${round}`), await entry(`closes-${round}`)];
      const { id: addressId } = await shop.newAddress(closes.token, '上海市');
      const person = { persona: '', addressId, ...closes };
      const call = { key: randomUUID(), body: await shop.placement(person, { SOCKS: 1 }), token: closes.token };
      const place = () => send(shop.mall.apiUrl, 'POST', '/api/orders', call);
      const [answer, merged] = await Promise.all([place(), merge(stays.memberId, closes.memberId)]);
      expect(merged).toEqual({ outcome: 'merged', memberId: stays.memberId });
      await shop.execute('UPDATE member_merges SET sweepDueAt = 0 WHERE fromMemberId = ?', [closes.memberId]);
      await shop.mall.settle();
      // Whatever she was told, sent again by its key it is one order, and hers.
      if (answer.status !== 201) expect([404, 409]).toContain(answer.status);
      const again = await place();
      expect([again.status, again.text.slice(0, 200)]).toEqual([201, expect.any(String)]);
      const orders = await shop.query<{ id: string; memberId: string }>(
        'SELECT id, memberId FROM orders WHERE memberId IN (?, ?)',
        [stays.memberId, closes.memberId],
      );
      expect(orders).toEqual([{ id: (again.body as { id: string }).id, memberId: stays.memberId }]);
      expect(await shop.count('attributions', 'memberId = ?', [stays.memberId])).toBe(1);
    }
  });
});
