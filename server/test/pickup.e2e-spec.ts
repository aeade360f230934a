import { randomUUID } from 'node:crypto';
import type { OrderDetail, PickupOrder, PickupStore, Quote } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { expectLedgerExact, expectStockExact, snapshot } from './support/e2e-invariants.js';
import { type Basket, type GuidePerson, type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('collecting in a store over HTTP [%s]', (engine) => {
  let shop: Shop;
  let otherStoresGuide: GuidePerson;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    const home = shop.store;
    shop.store = await shop.hq('/api/hq/stores', {
      code: 'E2E-2',
      name: '徐汇店',
      type: 'franchise',
      province: '上海市',
      city: '上海市',
    });
    otherStoresGuide = await shop.newGuide('何苗');
    shop.store = home;
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
    await expectStockExact(shop);
  });

  const as = (token: string, method: string, path: string, body?: unknown): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, method, path, { token, body, key: randomUUID() });
  const ready = (orderId: string, token = shop.hqToken) =>
    as(token, 'POST', `/api/hq/orders/${orderId}/pickup-ready`, {});
  const byGuide = (orderId: string, body: unknown, guide = shop.guide) =>
    as(guide.token, 'POST', `/api/guide/orders/${orderId}/pickup`, body);
  const byHq = (orderId: string, code: string) =>
    as(shop.hqToken, 'POST', `/api/hq/orders/${orderId}/pickup`, { code });
  const codeOf = async (person: Person, orderId: string): Promise<string> =>
    (await shop.order(person, orderId)).pickup?.code ?? '';
  /** A code of the right shape that is another one. */
  const wrong = (code: string): string => `${code.slice(0, 5)}${code.endsWith('2') ? '3' : '2'}`;

  async function placed(basket: Basket): Promise<{ person: Person; order: OrderDetail }> {
    const person = await shop.newCustomer({ through: shop.guide.code });
    const request = { lines: shop.lines(basket), pickupStoreId: shop.store.id, couponIds: [] as string[] };
    const { quoteHash } = await shop.mall.api.post<Quote>('/api/quotes', request, person.token);
    const body = { ...request, quoteHash };
    return { person, order: await shop.mall.api.postOnce<OrderDetail>('/api/orders', body, person.token) };
  }

  async function paid(basket: Basket) {
    const { person, order } = await placed(basket);
    return { person, order: await shop.pay(person, order.id) };
  }

  /** Paid, and ready in the store. */
  async function waiting(basket: Basket) {
    const { person, order } = await paid(basket);
    expect((await ready(order.id)).status).toBe(200);
    return { person, order: await shop.order(person, order.id), code: await codeOf(person, order.id) };
  }

  it('R5.2, R7.4: collecting costs no freight, and its quote is not that of a delivery', async () => {
    const person = await shop.newCustomer();
    const places = await shop.mall.api.get<PickupStore[]>('/api/pickup-stores', person.token);
    expect(places).toContainEqual({ id: shop.store.id, name: '静安店', province: '上海市', city: '上海市' });
    const lines = shop.lines({ BAG: 1 });
    const here = { lines, couponIds: [], pickupStoreId: shop.store.id };
    const quote = await shop.mall.api.post<Quote>('/api/quotes', here, person.token);
    expect(quote).toMatchObject({ freightFen: 0, freightName: '到店自提', totalFen: 5_990 });
    const elsewhere = { ...here, pickupStoreId: otherStoresGuide.guideId };
    expectProblem(await as(person.token, 'POST', '/api/quotes', elsewhere), 404, ProblemType.PickupStoreMissing);
    const stores = await shop.mall.api.get<PickupStore[]>('/api/pickup-stores', person.token);
    const other = stores.find(({ id }) => id !== shop.store.id)?.id;
    const stale = { ...here, pickupStoreId: other, quoteHash: quote.quoteHash };
    expectProblem(await as(person.token, 'POST', '/api/orders', stale), 409, ProblemType.QuoteStale);
  });

  it('R7.1: an order has an address or a store, never both and never neither', async () => {
    const person = await shop.newCustomer();
    const { quoteHash, ...placement } = await shop.placement(person, { BAG: 1 });
    const both = { ...placement, quoteHash, pickupStoreId: shop.store.id };
    const { addressId: _, ...neither } = { ...placement, quoteHash };
    const before = await snapshot(shop);
    for (const body of [both, neither]) {
      expectProblem(await as(person.token, 'POST', '/api/orders', body), 422, ProblemType.ValidationFailed);
    }
    const { lines, addressId } = placement;
    const quote = { lines, addressId, pickupStoreId: shop.store.id };
    expectProblem(await as(person.token, 'POST', '/api/quotes', quote), 422, ProblemType.ValidationFailed);
    expect(await snapshot(shop)).toEqual(before);
  });

  it('R5.2, R7.1: paid, ready, received by her code typed in by a guide of the store; her commission freezes then', async () => {
    const { person, order } = await paid({ SHIRT: 1 });
    expect(order).toMatchObject({
      deliveryKind: 'pickup',
      address: null,
      freightFen: 0,
      pickup: { store: { name: '静安店' }, readyAt: null, code: null },
    });
    expectProblem(await as(shop.hqToken, 'GET', `/api/hq/orders/${order.id}/delivery`), 404, ProblemType.NotFound);
    expect((await ready(order.id)).status).toBe(200);
    const shown = await shop.order(person, order.id);
    expect(shown.state).toBe('pickup_ready');
    expect(shown.pickup?.code).toMatch(/^[2-9A-HJ-KM-NP-TV-Z]{6}$/);
    const list = await shop.mall.api.get<PickupOrder[]>('/api/guide/pickups', shop.guide.token);
    expect(list.find(({ orderId }) => orderId === order.id)).toMatchObject({
      number: order.number,
      lines: [{ title: '亚麻衬衫', quantity: 1 }],
    });
    const typed = ` ${shown.pickup?.code?.slice(0, 3).toLowerCase()} ${shown.pickup?.code?.slice(3)} `;
    const answer = await byGuide(order.id, { code: typed });
    expect(answer).toMatchObject({ status: 200, body: { state: 'received', orderId: order.id } });
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'received', pickup: { code: null } });
    await shop.mall.settle();
    expect((await shop.entries(order.id)).every(({ state }) => state === 'frozen')).toBe(true);
    const log = await shop.query<{ actorId: string }>(
      `SELECT actorId FROM audit_entries WHERE action = 'order.pickup' AND subject = ?`,
      [order.id],
    );
    expect(log).toEqual([{ actorId: shop.guide.guideId }]);
  });

  it("C16, R5.2: the guide presses “received” without the customer's code, or with a wrong one: refused, nothing changes", async () => {
    const { person, order, code } = await waiting({ BAG: 1 });
    const before = await snapshot(shop);
    for (const body of [{}, { code: '' }, { code: null }]) {
      expectProblem(await byGuide(order.id, body), 422, ProblemType.ValidationFailed);
    }
    expectProblem(await as(shop.guide.token, 'POST', `/api/orders/${order.id}/receipt`, {}), 404, ProblemType.NotFound);
    expectProblem(
      await as(shop.guide.token, 'POST', `/api/hq/orders/${order.id}/pickup`, { code }),
      403,
      ProblemType.Forbidden,
    );
    expectProblem(await byGuide(order.id, { code }, otherStoresGuide), 404, ProblemType.NotFound);
    expect(await snapshot(shop)).toEqual(before);
    expectProblem(await byGuide(order.id, { code: wrong(code) }), 422, ProblemType.PickupCodeWrong);
    // The try itself is counted, and that is all.
    expect({ ...(await snapshot(shop)), orders: [] }).toEqual({ ...before, orders: [] });
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'pickup_ready', receivedAt: null });
    expect((await byGuide(order.id, { code })).status).toBe(200);
  });

  it('R5.2: the code of another order, a code before the goods are ready and a wrong one after receipt are refused', async () => {
    const first = await waiting({ BAG: 1 });
    const second = await waiting({ SOCKS: 1 });
    expectProblem(await byGuide(second.order.id, { code: first.code }), 422, ProblemType.PickupCodeWrong);
    const early = await paid({ BAG: 1 });
    const refused = expectProblem(await byHq(early.order.id, first.code), 409, ProblemType.OrderStateConflict);
    expect(refused.state).toBe('paid');
    expect((await byHq(first.order.id, first.code)).status).toBe(200);
    expectProblem(await byHq(first.order.id, wrong(first.code)), 422, ProblemType.PickupCodeWrong);
    const express = await shop.buy(await shop.newCustomer(), { BAG: 1 });
    expectProblem(await byHq(express.id, first.code), 404, ProblemType.NotFound);
    expect((await shop.order(second.person, second.order.id)).state).toBe('pickup_ready');
  });

  it('R5.2: pressed twice, one after the other and at once, the order is received once', async () => {
    const { person, order, code } = await waiting({ BAG: 1 });
    const answers = await Promise.all([1, 2, 3].map(() => byGuide(order.id, { code })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { receivedAt } = await shop.order(person, order.id);
    await shop.advance({ hours: 1 });
    expect((await byGuide(order.id, { code })).status).toBe(200);
    expect((await shop.order(person, order.id)).receivedAt).toBe(receivedAt);
    expect(await shop.count('outbox_events', `eventType = 'order.received' AND streamId = ?`, [order.id])).toBe(1);
    expect(await shop.count('audit_entries', `action = 'order.pickup' AND subject = ?`, [order.id])).toBe(1);
  });

  it('R5.2: after five wrong codes even the right one rests for a quarter of an hour, tried at once or one by one', async () => {
    const { person, order, code } = await waiting({ BAG: 1 });
    const tries = await Promise.all([1, 2, 3, 4, 5, 6, 7].map(() => byGuide(order.id, { code: wrong(code) })));
    expect(tries.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429]);
    expectProblem(await byGuide(order.id, { code }), 429, ProblemType.RateLimited);
    expect((await shop.order(person, order.id)).state).toBe('pickup_ready');
    await shop.execute('UPDATE orders SET pickupTriedAt = pickupTriedAt - ? WHERE id = ?', [15 * 60_000, order.id]);
    expect((await byGuide(order.id, { code })).status).toBe(200);
  });

  it('R5.2: the database holds no code that could be read, and nobody but the customer is shown it', async () => {
    const { order, code } = await waiting({ BAG: 1 });
    const rows = JSON.stringify(await shop.query('SELECT * FROM orders WHERE id = ?', [order.id]));
    expect(rows).not.toContain(code);
    for (const [token, path] of [
      [shop.hqToken, `/api/hq/orders/${order.id}`],
      [shop.hqToken, '/api/hq/orders'],
      [shop.guide.token, '/api/guide/pickups'],
      [shop.guide.token, `/api/guide/orders/${order.id}`],
    ] as const) {
      expect((await as(token, 'GET', path)).text).not.toContain(code);
    }
    expectProblem(await as(shop.guide.token, 'GET', `/api/orders/${order.id}`), 404, ProblemType.NotFound);
  });

  it('R5.2: the customer confirms by herself; what nobody confirms is received two days after it lay ready', async () => {
    const own = await waiting({ BAG: 1 });
    expect((await shop.receive(own.person, own.order.id)).state).toBe('received');
    const left = await waiting({ SOCKS: 1 });
    const readyAt = left.order.pickup?.readyAt ?? 0;
    await shop.advance({ days: 1, hours: 23 });
    expect((await shop.order(left.person, left.order.id)).state).toBe('pickup_ready');
    await shop.advance({ hours: 2 });
    expect(await shop.order(left.person, left.order.id)).toMatchObject({
      state: 'received',
      receivedAt: readyAt + 2 * DAY_MS,
    });
  });

  it("R4.3, R5.2: a store's manager acts for her own store only, and with the customer's code like everybody", async () => {
    const manager = async (username: string, storeId: string): Promise<string> => {
      const password = 'correct horse battery';
      await shop.hq('/api/hq/users', { username, password, role: 'store_manager', storeId });
      return (await shop.mall.api.post<{ token: string }>('/api/hq/sessions', { username, password })).token;
    };
    const stores = await shop.hqGet<{ id: string; code: string }[]>('/api/hq/stores');
    const own = await manager(`own-${engine}`, shop.store.id);
    const other = await manager(`other-${engine}`, stores.find(({ code }) => code === 'E2E-2')?.id ?? '');
    const { person, order } = await paid({ BAG: 1 });
    expectProblem(await ready(order.id, other), 404, ProblemType.NotFound);
    expect((await ready(order.id, own)).status).toBe(200);
    const code = await codeOf(person, order.id);
    const path = `/api/hq/orders/${order.id}/pickup`;
    expectProblem(await as(other, 'POST', path, { code }), 404, ProblemType.NotFound);
    expectProblem(await as(own, 'POST', path, { code: wrong(code) }), 422, ProblemType.PickupCodeWrong);
    expect((await as(own, 'POST', path, { code })).status).toBe(200);
    expect((await shop.order(person, order.id)).state).toBe('received');
  });

  it('R7.1: no parcel for what is collected, no pickup of a parcel, ready only when paid, and ready twice is ready once', async () => {
    const { person, order } = await placed({ BAG: 1 });
    expect(expectProblem(await ready(order.id), 409, ProblemType.OrderStateConflict).state).toBe('created');
    await shop.pay(person, order.id);
    const parcel = { carrier: 'SF', trackingNumber: 'SF100200' };
    const ship = await as(shop.hqToken, 'POST', `/api/hq/orders/${order.id}/shipments`, parcel);
    expectProblem(ship, 409, ProblemType.OrderStateConflict);
    const express = await shop.buy(await shop.newCustomer(), { BAG: 1 });
    expectProblem(await ready(express.id), 409, ProblemType.OrderStateConflict);
    expect((await ready(order.id)).status).toBe(200);
    const code = await codeOf(person, order.id);
    expect((await ready(order.id)).status).toBe(200);
    expect(await codeOf(person, order.id)).toBe(code);
    expectProblem(await ready(order.id, shop.guide.token), 403, ProblemType.Forbidden);
  });

  it('R5.3, R7.1: goods that wait in the store can be given back; all of them back, the order is cancelled', async () => {
    const { person, order } = await waiting({ SCARF: 1 });
    const line = { orderLineId: order.lines[0]?.id ?? '', amountFen: 10_000, restockQuantity: 1 };
    await shop.refund(order.id, { lines: [line] });
    expect(await shop.order(person, order.id)).toMatchObject({ state: 'cancelled', refundedFen: 10_000 });
    expect(await shop.guideFen(order.id)).toBe(0);
  });
});
