import type { CommissionEntry, GuideNotice } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import type { GuideBalance, HqPayout, Payout, Statement } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Worker } from '../src/platform/jobs/worker.js';
import { eventually } from '../tools/journey/api-client.js';
import { confirmTransfer } from './support/confirm-transfer.js';
import { expectProblem, type RawCall, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type Basket, type GuidePerson, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

/** At 7.5%: a scarf of ¥100 earns ¥7.50, forty shirts of ¥199 earn ¥597. */
const SCARF_FEN = 750;
const SHIRTS_FEN = 59_700;

describe.each(ENGINES)('payouts and statements over HTTP (R5.5, R5.6) [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    expect(RATE.guideBps).toBe(750);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
  });

  const get = <T>(path: string, guide: GuidePerson) => shop.mall.api.get<T>(path, guide.token);
  const balance = (guide: GuidePerson) => get<GuideBalance>('/api/guide/balance', guide);
  const ask = (guide: GuidePerson, amountFen: number, key?: string) =>
    shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen }, guide.token, key);
  const refused = (path: string, call: RawCall) => send(shop.mall.apiUrl, 'POST', path, call);

  /** Sold through the guide, delivered, and past the after-sale window. */
  async function earned(guide: GuidePerson, ...baskets: Basket[]): Promise<string[]> {
    const orderIds: string[] = [];
    for (const basket of baskets) {
      const buyer = await shop.newCustomer({ through: guide.code });
      const order = await shop.buy(buyer, basket);
      await shop.ship(order.id);
      await shop.receive(buyer, order.id);
      orderIds.push(order.id);
    }
    await shop.advance({ days: 7, hours: 1 });
    await shop.mall.settle();
    return orderIds;
  }

  /** The job sends it on its next round. */
  function untilWaiting(guide: GuidePerson, payoutId: string): Promise<Payout> {
    shop.mall.app.get(Worker).wake();
    return eventually(
      `payout ${payoutId} waiting for its confirmation`,
      () => get<Payout>(`/api/guide/payouts/${payoutId}`, guide),
      ({ transfers }) => transfers.every(({ state }) => state === 'waiting'),
    );
  }

  async function confirmAll(guide: GuidePerson, { transfers }: Payout): Promise<Payout> {
    let last: Payout | null = null;
    for (const { id } of transfers) {
      last = await confirmTransfer(shop, guide, id);
    }
    if (last === null) throw new Error('a payout has transfers');
    return last;
  }

  it('R5.5, C9, D6: she is paid, the refund of what was paid is a debt that her other commission pays, and her month adds up', async () => {
    const guide = await shop.newGuide('周岚');
    const [first = '', second = ''] = await earned(guide, { SCARF: 1 }, { SCARF: 1 });
    expect(await balance(guide)).toMatchObject({
      availableFen: 2 * SCARF_FEN,
      requestableFen: 2 * SCARF_FEN,
      refusal: null,
    });
    const asked = await ask(guide, SCARF_FEN);
    expect(asked).toMatchObject({ state: 'approved', amountFen: SCARF_FEN, taxFen: 0, netFen: SCARF_FEN });
    const waiting = await untilWaiting(guide, asked.id);
    expect(waiting.waitsFor).toBe('等待您确认收款');
    expect(await confirmAll(guide, waiting)).toMatchObject({ state: 'done', waitsFor: null });
    const { items } = await get<Page<CommissionEntry>>('/api/guide/commissions', guide);
    const state = (orderId: string) => items.find((entry) => entry.orderId === orderId)?.state;
    expect([state(first), state(second)]).toEqual(['paid', 'available']);

    const [line] = (await shop.query<{ id: string }>('SELECT id FROM order_lines WHERE orderId = ?', [first])) ?? [];
    await shop.refund(first, { lines: [{ orderLineId: line?.id ?? '', amountFen: 10_000 }] });
    expect(await balance(guide)).toMatchObject({
      availableFen: 0,
      payingFen: 0,
      paidFen: SCARF_FEN,
      requestableFen: 0,
    });

    const months = await get<string[]>('/api/guide/statements', guide);
    let closing = 0;
    for (const month of [...months].reverse()) {
      const statement = await get<Statement>(`/api/guide/statements/${month}`, guide);
      expect(statement.accounts.available.openingFen).toBe(closing);
      closing = statement.accounts.available.closingFen;
      expect(await shop.hqGet(`/api/hq/guides/${guide.guideId}/statements/${month}`)).toEqual(statement);
    }
    expect(closing).toBe(0);
    const last = await get<Statement>(`/api/guide/statements/${months[0]}`, guide);
    expect(last).toMatchObject({
      guideName: '周岚',
      storeName: shop.store.name,
      totals: { paidOutFen: SCARF_FEN, reversedFen: SCARF_FEN, returnedFen: 0 },
      accounts: { paid: { closingFen: SCARF_FEN }, paying: { openingFen: 0, closingFen: 0 } },
    });
    const texts = last.lines.map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['申请提现', '提现到账', '顾客退款，扣回佣金']));
    const csv = await send(
      shop.mall.apiUrl,
      'GET',
      `/api/hq/guides/${guide.guideId}/statements/${months[0]}?format=csv`,
      {
        token: shop.hqToken,
      },
    );
    expect([csv.status, csv.type]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.text).toContain('"提现到账","7.50"');
  });

  it('C8, D6: refunded in 33.34, 33.33 and 33.33 after it was paid out: all comes back, the guide owes that much and earns it off', async () => {
    const guide = await shop.newGuide('乔木');
    const [orderId = ''] = await earned(guide, { SCARF: 1 });
    await confirmAll(guide, await untilWaiting(guide, (await ask(guide, SCARF_FEN)).id));
    const [line] = await shop.query<{ id: string }>('SELECT id FROM order_lines WHERE orderId = ?', [orderId]);
    // 7.5% of ¥66.66, of ¥33.33 and of nothing is left of what she was paid.
    for (const [amountFen, left] of [
      [3_334, 499],
      [3_333, 249],
      [3_333, 0],
    ] as const) {
      const refunded = await shop.refund(orderId, { lines: [{ orderLineId: line?.id ?? '', amountFen }] });
      expect(refunded).toMatchObject({ state: 'succeeded', amountFen });
      expect(await balance(guide)).toMatchObject({ availableFen: left - SCARF_FEN, paidFen: SCARF_FEN });
    }
    expect(await balance(guide)).toMatchObject({ requestableFen: 0 });
    await earned(guide, { SCARF: 3 });
    expect(await balance(guide)).toMatchObject({ availableFen: 2 * SCARF_FEN, requestableFen: 2 * SCARF_FEN });
  });

  it('R5.5: HQ approves what is above the threshold, in transfers within the limits, and rejects with a reason', async () => {
    const guide = await shop.newGuide('顾盼');
    await earned(guide, { SHIRT: 40 });
    const large = await ask(guide, 20_020);
    expect(large).toMatchObject({ state: 'requested', waitsFor: '等待总部审批' });
    const { items } = await shop.hqGet<Page<HqPayout>>('/api/hq/payouts?state=requested');
    expect(items.map(({ id, guideName }) => [id, guideName])).toEqual([[large.id, '顾盼']]);
    await shop.hq(`/api/hq/payouts/${large.id}/approve`);
    const waiting = await untilWaiting(guide, large.id);
    expect(waiting.transfers.map(({ amountFen }) => amountFen)).toEqual([19_990, 30]);
    const again = await refused(`/api/hq/payouts/${large.id}/approve`, { token: shop.hqToken, body: {} });
    expectProblem(again, 409, ProblemType.PayoutStateConflict);
    await confirmAll(guide, waiting);
    expect(await balance(guide)).toMatchObject({ availableFen: SHIRTS_FEN - 20_020, paidFen: 20_020, payingFen: 0 });

    const rejected = await ask(guide, 20_030);
    expect((await balance(guide)).payingFen).toBe(20_030);
    const reason = '请先补充身份信息';
    const path = `/api/hq/payouts/${rejected.id}/reject`;
    expectProblem(await refused(path, { token: shop.hqToken, body: {} }), 422, ProblemType.ValidationFailed);
    expect(await shop.hq(path, { reason })).toMatchObject({ state: 'rejected', decisionReason: reason });
    const [notice] = (await get<Page<GuideNotice>>('/api/guide/notices', guide)).items;
    expect(notice).toMatchObject({
      kind: 'payout_decided',
      subjectId: rejected.id,
      body: expect.stringContaining(reason),
    });

    const withdrawn = await ask(guide, 20_040);
    const cancelled = await shop.mall.api.post(`/api/guide/payouts/${withdrawn.id}/cancel`, {}, guide.token);
    expect(cancelled).toMatchObject({
      state: 'cancelled',
      transfers: [{ state: 'cancelled' }, { state: 'cancelled' }],
    });
    expect(await balance(guide)).toMatchObject({
      availableFen: SHIRTS_FEN - 20_020,
      payingFen: 0,
      limits: { leftTodayFen: 200_000 - 20_020 },
    });
    const all = await get<Page<Payout>>('/api/guide/payouts?limit=2', guide);
    expect(all.items.map(({ id }) => id)).toEqual([withdrawn.id, rejected.id]);
    const rest = await get<Page<Payout>>(`/api/guide/payouts?limit=2&cursor=${all.nextCursor}`, guide);
    expect(rest.items.map(({ id }) => id)).toEqual([large.id]);
  });

  it('R5.5: refusals over HTTP are problems with numbers', async () => {
    const guide = await shop.newGuide('沈清');
    await earned(guide, { SCARF: 1 });
    const path = '/api/guide/payouts';
    const call = (amountFen: unknown, key = `key-of-${String(amountFen)}`): RawCall => ({
      token: guide.token,
      key,
      body: { amountFen },
    });
    const below = expectProblem(await refused(path, call(20)), 422, ProblemType.PayoutLimit);
    expect(below).toMatchObject({ reason: 'below_minimum', limits: { transferMinFen: 30, leftTodayFen: 200_000 } });
    const over = expectProblem(await refused(path, call(SCARF_FEN + 1)), 409, ProblemType.BalanceInsufficient);
    expect(over).toMatchObject({ availableFen: SCARF_FEN, amountFen: SCARF_FEN + 1 });
    expectProblem(await refused(path, call(200_001)), 422, ProblemType.PayoutLimit);
    for (const bad of [0, -1, 1.5, '100', null, 1e12]) {
      expectProblem(await refused(path, call(bad)), 422, ProblemType.ValidationFailed);
    }
    const keyless = await refused(path, { token: guide.token, body: { amountFen: 100 } });
    expectProblem(keyless, 400, ProblemType.IdempotencyKeyMissing);
    const payout = await ask(guide, 300, 'the-same-key');
    expect((await ask(guide, 300, 'the-same-key')).id).toBe(payout.id);
    expectProblem(await refused(path, call(301, 'the-same-key')), 409, ProblemType.IdempotencyKeyReused);
    for (const month of ['2026-13', '2026-00', '26-11', '2026-1', 'now']) {
      const answer = await send(shop.mall.apiUrl, 'GET', `/api/guide/statements/${month}`, { token: guide.token });
      expectProblem(answer, 422, ProblemType.ValidationFailed);
    }
    await shop.hq(`/api/hq/guides/${guide.guideId}/suspend`, { reason: '核查' });
    expectProblem(await refused(path, call(100)), 409, ProblemType.GuideStateConflict);
    expect(await balance(guide)).toMatchObject({ requestableFen: 0, refusal: expect.stringContaining('暂停') });
  });

  it('R5.6: somebody else’s payout, transfer and statement are 404, and a customer has none', async () => {
    const [guide, other] = [await shop.newGuide('许诺'), await shop.newGuide('方圆')];
    await earned(guide, { SCARF: 1 });
    const payout = await ask(guide, 500);
    const { transfers } = await untilWaiting(guide, payout.id);
    const paths = [
      ['GET', `/api/guide/payouts/${payout.id}`],
      ['POST', `/api/guide/payouts/${payout.id}/cancel`],
      ['GET', `/api/guide/payout-transfers/${transfers[0]?.id}/confirmation`],
      ['POST', `/api/guide/payout-transfers/${transfers[0]?.id}/check`],
    ] as const;
    for (const [method, path] of paths) {
      const answer = await send(shop.mall.apiUrl, method, path, { token: other.token });
      expectProblem(answer, 404, ProblemType.NotFound);
    }
    const unknown = await send(shop.mall.apiUrl, 'GET', '/api/hq/guides/gde_none/statements/2026-11', {
      token: shop.hqToken,
    });
    expectProblem(unknown, 404, ProblemType.NotFound);
    const customer = await shop.newCustomer();
    const balanceOfCustomer = await send(shop.mall.apiUrl, 'GET', '/api/guide/balance', { token: customer.token });
    expectProblem(balanceOfCustomer, 403, ProblemType.NotGuide);
    expect((await get<Page<Payout>>('/api/guide/payouts', other)).items).toEqual([]);
    const confirmed = await confirmAll(guide, await untilWaiting(guide, payout.id));
    const path = `/api/guide/payout-transfers/${transfers[0]?.id}/confirmation`;
    const twice = await send(shop.mall.apiUrl, 'GET', path, { token: guide.token });
    expectProblem(twice, 409, ProblemType.PayoutStateConflict);
    expect(confirmed.state).toBe('done');
  });
});
