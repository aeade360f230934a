import type { Dispute, GuideAttribution, GuideOrder, HqDispute } from '@mall/shared/disputes';
import type { CommissionReceipt, GuideNotice } from '@mall/shared/guides';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type GuidePerson, type Person, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const share = (baseFen: number, bps: number): number => Number((BigInt(baseFen) * BigInt(bps)) / 10_000n);

describe.each(ENGINES)('appeals against an attribution (R3, R5.3) [%s]', (engine) => {
  let shop: Shop;
  let rival: GuidePerson;
  let outsider: GuidePerson;

  beforeAll(async () => {
    shop = await Shop.open(engine);
    rival = await shop.newGuide('王敏');
    outsider = await shop.newGuide('赵倩');
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
  });

  const as = (guide: GuidePerson) => ({
    get: <T>(path: string) => shop.mall.api.get<T>(`/api/guide${path}`, guide.token),
    appeal: (orderId: string, note?: string) =>
      shop.mall.api.post<GuideAttribution>(`/api/guide/orders/${orderId}/dispute`, { note }, guide.token),
  });
  const decide = (id: string, outcome: 'granted' | 'refused', expected = 200) =>
    send(shop.mall.apiUrl, 'POST', `/api/hq/disputes/${id}/decide`, {
      token: shop.hqToken,
      body: { outcome, reason: '聊天记录为证' },
    }).then((answer) => {
      expect(answer.status).toBe(expected);
      return answer;
    });
  const bucket = async (guide: GuidePerson, name: string): Promise<number> => {
    const [row] = await shop.query<{ fen: number | null }>(
      `SELECT SUM(amountFen) AS fen FROM ledger_legs WHERE ownerKind = 'guide' AND ownerId = ? AND bucket = ?`,
      [guide.guideId, name],
    );
    return Number(row?.fen ?? 0);
  };
  const held = async (guide: GuidePerson) => ({
    pending: await bucket(guide, 'pending'),
    frozen: await bucket(guide, 'frozen'),
    available: await bucket(guide, 'available'),
  });
  const change = (before: Awaited<ReturnType<typeof held>>, after: Awaited<ReturnType<typeof held>>) => ({
    pending: after.pending - before.pending,
    frozen: after.frozen - before.frozen,
    available: after.available - before.available,
  });

  /** An order that the rival's newer card won from 陈静, whose card was opened before. */
  async function lostOrder(): Promise<{ person: Person; order: OrderDetail }> {
    const person = await shop.newCustomer({ through: shop.guide.code });
    await shop.touch(person, rival.code);
    return { person, order: await shop.buy(person, { SCARF: 1 }) };
  }

  it('R3: who lost sees that she did and why, appeals with one tap, and twice is once', async () => {
    const { order } = await lostOrder();
    const { items } = await as(shop.guide).get<Page<GuideOrder>>('/orders');
    expect(items[0]).toMatchObject({ orderId: order.id, outcome: 'lost', isAssist: true, commissionFen: 0 });
    const view = await as(shop.guide).get<GuideAttribution>(`/orders/${order.id}/attribution`);
    expect(view).toMatchObject({ isMine: false, branch: 'c', appeal: { allowed: true, refusal: null }, dispute: null });
    expect(JSON.stringify(view)).not.toContain('王敏');
    const first = await as(shop.guide).appeal(order.id, '顾客是我带来的');
    const second = await as(shop.guide).appeal(order.id, '再说一遍');
    expect(second.dispute).toEqual(first.dispute);
    expect(first.dispute).toMatchObject({ state: 'open', note: '顾客是我带来的' });
    expect(first.appeal).toEqual({ allowed: false, refusal: '这个订单已经申诉过' });
    const { evidence } = await shop.hqGet<HqDispute>(`/api/hq/disputes/${first.dispute?.id}`);
    expect(evidence).toMatchObject({ decision: { branch: 'c', guideId: rival.guideId } });
    await decide(first.dispute?.id ?? '', 'refused');
  });

  it('R2.6: a guide without a hand in the order, and an unknown order, are 404; who won it all has nothing to appeal', async () => {
    const { order } = await lostOrder();
    for (const path of [`/api/guide/orders/${order.id}/attribution`, '/api/guide/orders/ord_none/attribution']) {
      expectProblem(await send(shop.mall.apiUrl, 'GET', path, { token: outsider.token }), 404, ProblemType.NotFound);
    }
    const path = `/api/guide/orders/${order.id}/dispute`;
    const foreign = await send(shop.mall.apiUrl, 'POST', path, { token: outsider.token, body: {} });
    expectProblem(foreign, 404, ProblemType.NotFound);
    const winner = await send(shop.mall.apiUrl, 'POST', path, { token: rival.token, body: {} });
    expectProblem(winner, 409, ProblemType.DisputeNotAllowed);
  });

  it('C10, R5.3: a granted appeal moves the commission in the ledger, and a later refund charges its present holder', async () => {
    const { order } = await lostOrder();
    const [hers, rivals] = [await held(shop.guide), await held(rival)];
    const { dispute } = await as(shop.guide).appeal(order.id);
    await decide(dispute?.id ?? '', 'granted');
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 750, frozen: 0, available: 0 });
    expect(change(rivals, await held(rival))).toEqual({ pending: -750, frozen: 0, available: 0 });
    const line = order.lines[0]?.id ?? '';
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 4_000 }], goodwill: false });
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 450, frozen: 0, available: 0 });
    expect(change(rivals, await held(rival))).toEqual({ pending: -750, frozen: 0, available: 0 });
    const entry = (await shop.entries(order.id)).find(({ payeeKind }) => payeeKind === 'guide');
    const receipt = await as(shop.guide).get<CommissionReceipt>(`/commissions/${entry?.id}`);
    expect(receipt).toMatchObject({ amountFen: 450, movedText: '经总部对申诉的裁定归您：聊天记录为证' });
    const lost = await send(shop.mall.apiUrl, 'GET', `/api/guide/commissions/${entry?.id}`, { token: rival.token });
    expectProblem(lost, 404, ProblemType.NotFound);
    for (const guide of [shop.guide, rival]) {
      const { items } = await as(guide).get<Page<GuideNotice>>('/notices');
      expect(items[0]).toMatchObject({ kind: 'dispute_decided', subjectId: dispute?.id });
    }
  });

  it('C10: ¥10 of commission moved by a dispute, then the order is refunded: its present holder pays them, the old one nothing', async () => {
    await shop.publishRate(1_000, 0);
    const { order } = await lostOrder();
    await shop.publishRate(RATE.guideBps, RATE.storeBps);
    const [hers, rivals] = [await held(shop.guide), await held(rival)];
    const { dispute } = await as(shop.guide).appeal(order.id);
    await decide(dispute?.id ?? '', 'granted');
    expect(change(hers, await held(shop.guide)).pending).toBe(1_000);
    expect(change(rivals, await held(rival)).pending).toBe(-1_000);
    await shop.refund(order.id, { lines: [{ orderLineId: order.lines[0]?.id ?? '', amountFen: 10_000 }] });
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 0, frozen: 0, available: 0 });
    expect(change(rivals, await held(rival))).toEqual({ pending: -1_000, frozen: 0, available: 0 });
  });

  it('C10: what was available already leaves the old holder as a debt', async () => {
    const { person, order } = await lostOrder();
    await shop.ship(order.id);
    await shop.receive(person, order.id);
    await shop.advance({ days: 8 });
    await shop.mall.settle();
    const [hers, rivals] = [await held(shop.guide), await held(rival)];
    const { dispute } = await as(shop.guide).appeal(order.id);
    await decide(dispute?.id ?? '', 'granted');
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 0, frozen: 0, available: 750 });
    expect(change(rivals, await held(rival))).toEqual({ pending: 0, frozen: 0, available: -750 });
  });

  it('R4.3: what nobody had earned is accrued at the rate of the order’s creation, on what was not refunded', async () => {
    const person = await shop.newCustomer();
    const link = await shop.share(shop.guide.token);
    await shop.touch(person, link.code);
    await shop.mall.api.post(`/api/guide/share-links/${link.code}/revoke`, {}, shop.guide.token).catch(() => undefined);
    await shop.execute(`UPDATE touches SET validity = 'revoked' WHERE memberId = ?`, [person.memberId]);
    const order = await shop.buy(person, { SCARF: 1 });
    expect(await shop.entries(order.id)).toEqual([]);
    await shop.publishRate(900, 100);
    const line = order.lines[0]?.id ?? '';
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 1_000 }], goodwill: false });
    await shop.ship(order.id);
    await shop.receive(person, order.id);
    const hers = await held(shop.guide);
    const { dispute } = await as(shop.guide).appeal(order.id);
    await decide(dispute?.id ?? '', 'granted');
    const earned = share(9_000, RATE.guideBps);
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 0, frozen: earned, available: 0 });
    const entry = (await shop.entries(order.id)).find(({ payeeKind }) => payeeKind === 'guide');
    const told = await as(shop.guide).get<CommissionReceipt>(`/commissions/${entry?.id}`);
    expect(told).toMatchObject({ goodsFen: 10_000, discountFen: 0, baseFen: 9_000 });
    expect(told.refunds).toEqual([expect.objectContaining({ amountFen: 1_000, reversedFen: 0 })]);
    // Dated when it was decided: last month's statement must not have frozen what nobody had earned then.
    expect(told.history.map(({ text }) => text)).toEqual(['申诉裁定，补记佣金', '顾客收货，佣金冻结中']);
    expect(told.history[1]?.at).toBeGreaterThanOrEqual(told.history[0]?.at ?? 0);
    const [decided] = (await shop.hqGet<Page<Dispute>>('/api/hq/disputes?state=granted')).items;
    expect(decided).toMatchObject({ id: dispute?.id, movedFen: earned });
    await shop.refund(order.id, { lines: [{ orderLineId: line, amountFen: 9_000 }], goodwill: false });
    expect(change(hers, await held(shop.guide))).toEqual({ pending: 0, frozen: 0, available: 0 });
    await shop.publishRate(RATE.guideBps, RATE.storeBps);
  });

  it('R4.3: a promotion after the order pays nothing backwards when an appeal is granted', async () => {
    const promoted = await shop.newGuide('孙悦');
    const person = await shop.newCustomer({ through: promoted.code });
    await shop.execute(`UPDATE touches SET validity = 'revoked' WHERE memberId = ?`, [person.memberId]);
    const sellerScope = { kind: 'tier', id: '金牌' };
    await shop.hq(`/api/hq/guides/${outsider.guideId}/tier`, { tier: '金牌', reason: '晋升' });
    const gold = { productScope: { kind: 'any' }, sellerScope, guideBps: 3_000, reason: '金牌比例' };
    await shop.hq('/api/hq/commission-rules', gold);
    const order = await shop.buy(person, { SCARF: 1 });
    await shop.hq(`/api/hq/guides/${promoted.guideId}/tier`, { tier: '金牌', reason: '晋升' });
    const { dispute } = await as(promoted).appeal(order.id);
    await decide(dispute?.id ?? '', 'granted');
    expect(await held(promoted)).toEqual({ pending: 750, frozen: 0, available: 0 });
  });

  it('R5.6: the commissions of an order that is not there are 404, not an empty list', async () => {
    const answer = await send(shop.mall.apiUrl, 'GET', '/api/hq/orders/ord_none/commissions', { token: shop.hqToken });
    expectProblem(answer, 404, ProblemType.NotFound);
  });

  it('R5.1: two decisions at once are one, and a decided appeal cannot be decided or withdrawn again', async () => {
    const { order } = await lostOrder();
    const hers = await held(shop.guide);
    const { dispute } = await as(shop.guide).appeal(order.id);
    const path = `/api/hq/disputes/${dispute?.id}/decide`;
    const body = { outcome: 'granted', reason: '并发裁定' };
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => send(shop.mall.apiUrl, 'POST', path, { token: shop.hqToken, body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(change(hers, await held(shop.guide)).pending).toBe(750);
    const withdrawn = `/api/guide/orders/${order.id}/dispute/withdraw`;
    const late = await send(shop.mall.apiUrl, 'POST', withdrawn, { token: shop.guide.token, body: {} });
    expectProblem(late, 409, ProblemType.DisputeDecided);
    await decide(dispute?.id ?? '', 'refused', 409);
  });

  it('R5.4: sixty days after receipt a commission is final, and no appeal moves it', async () => {
    const { person, order } = await lostOrder();
    await shop.ship(order.id);
    await shop.receive(person, order.id);
    const open = (await lostOrder()).order;
    const { dispute } = await as(shop.guide).appeal(open.id);
    await shop.advance({ days: 61 });
    const path = `/api/guide/orders/${order.id}/dispute`;
    const late = await send(shop.mall.apiUrl, 'POST', path, { token: shop.guide.token, body: {} });
    expectProblem(late, 409, ProblemType.DisputeNotAllowed);
    // The other order was never received: it is not final, however old.
    await decide(dispute?.id ?? '', 'granted');
  });

  it('refuses a decision without a reason, by somebody who may not, and of an unknown appeal', async () => {
    const decideAs = (body: object, token = shop.hqToken, id = 'dsp_none') =>
      send(shop.mall.apiUrl, 'POST', `/api/hq/disputes/${id}/decide`, { token, body });
    expectProblem(await decideAs({ outcome: 'granted' }), 422, ProblemType.ValidationFailed);
    expectProblem(await decideAs({ outcome: 'perhaps', reason: '不知道' }), 422, ProblemType.ValidationFailed);
    expectProblem(await decideAs({ outcome: 'granted', reason: '有理' }, shop.guide.token), 403, ProblemType.Forbidden);
    expectProblem(await decideAs({ outcome: 'granted', reason: '有理' }), 404, ProblemType.NotFound);
  });
});
