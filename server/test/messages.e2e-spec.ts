import type { Page } from '@mall/shared/paging';
import type { GuideBalance, Payout } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import type { MessageTally, SubscribeMessageView, SubscriptionOffer } from '@mall/shared/subscriptions';
import { HOUR_MS, startOfBusinessDay } from '../src/platform/clock/business-day.js';
import { Worker } from '../src/platform/jobs/worker.js';
import { eventually } from '../tools/journey/api-client.js';
import { confirmTransfer } from './support/confirm-transfer.js';
import { expectProblem, send } from './support/e2e-http.js';
import { type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

interface Arrived {
  openid: string;
  templateId: string;
  page: string;
  values: Record<string, string>;
}

describe.each(ENGINES)('subscribe messages from the tap to the phone (§4) [%s]', (engine) => {
  let shop: Shop;
  let requests = 0;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());

  const offer = async (person: Person, moment: string) =>
    (await shop.mall.api.get<SubscriptionOffer>(`/api/subscriptions?moment=${moment}`, person.token)).templateIds;

  /** She taps "allow" in WeChat's window, and the phone tells the mall. */
  async function allow(person: Person, moment: string): Promise<string[]> {
    const templateIds = await offer(person, moment);
    await shop.mall.emulator.call('POST', '/device/subscribe', {
      body: { persona: person.persona, tmplIds: templateIds },
      expect: [200],
    });
    requests += 1;
    const outcomes = templateIds.map((templateId) => ({ templateId, outcome: 'accept' }));
    const body = { moment, requestId: `request-${requests}-e2e`, outcomes };
    const answer = await send(shop.mall.apiUrl, 'POST', '/api/subscriptions', { token: person.token, body });
    expect(answer.status).toBe(204);
    return templateIds;
  }

  /** What is gathered need not be waited for here. */
  async function deliver(): Promise<void> {
    await shop.mall.settle();
    await shop.execute("UPDATE subscribe_messages SET nextTryAt = 0 WHERE state = 'waiting'");
    await shop.mall.settle();
  }

  async function arrived(person: Person): Promise<Arrived[]> {
    const [row] = await shop.query<{ openid: string }>('SELECT openid FROM member_identities WHERE memberId = ?', [
      person.memberId,
    ]);
    const { messages } = await shop.mall.emulator.get<{ messages: Arrived[] }>('/control/messages');
    return messages.filter(({ openid }) => openid === row?.openid);
  }

  it('order shipped: exactly one with a grant, opening her order; none without', async () => {
    const [asked, silent] = [await shop.newCustomer(), await shop.newCustomer()];
    const [hers, other] = [await shop.buy(asked, { SHIRT: 1, SOCKS: 1 }), await shop.buy(silent, { BAG: 1 })];
    expect(await allow(asked, 'payment')).toEqual(['demo-order-shipped', 'demo-coupon-expiring']);
    await shop.ship(hers.id);
    await shop.ship(other.id);
    await deliver();
    await deliver();
    const [message, ...more] = await arrived(asked);
    expect(more).toEqual([]);
    expect(message).toMatchObject({
      templateId: 'demo-order-shipped',
      page: `packages/shop/order/index?id=${hers.id}`,
      values: { character_string2: hers.number, thing3: '顺丰速运', character_string4: `SF${hers.id.slice(-10)}` },
    });
    expect(await arrived(silent)).toEqual([]);
    expect(await shop.count('subscribe_messages', 'memberId = ?', [silent.memberId])).toBe(0);
  });

  it('R6.4: a coupon that ends within a week is told of in daytime, once', async () => {
    const person = await shop.newCustomer({ joins: true });
    const discount = { kind: 'amount_off', thresholdFen: 1_000, discountFen: 500 };
    const couponId = await shop.grantCoupon(person, discount);
    await allow(person, 'coupon');
    const now = await shop.now();
    // Around noon of a day on which less than seven days are left of thirty.
    const hour = Math.floor((now - startOfBusinessDay(now)) / HOUR_MS);
    await shop.advance({ days: 24, hours: (36 - hour) % 24 });
    await deliver();
    await shop.advance({ days: 1 });
    await deliver();
    const told = await arrived(person);
    expect(told.map(({ templateId, page }) => [templateId, page])).toEqual([
      ['demo-coupon-expiring', 'packages/member/coupons/index'],
    ]);
    expect(await shop.count('subscribe_messages', 'subjectId = ?', [couponId])).toBe(1);
  });

  it('commission available, then payout arrived: one each, with the sum of the day and what came', async () => {
    const guide = await shop.newGuide('沈悦');
    for (const basket of [{ SCARF: 1 }, { SOCKS: 1 }]) {
      const buyer = await shop.newCustomer({ through: guide.code });
      const order = await shop.buy(buyer, basket);
      await shop.ship(order.id);
      await shop.receive(buyer, order.id);
    }
    expect(await allow(guide, 'payout')).toEqual(['demo-payout-arrived', 'demo-commission-available']);
    await shop.advance({ days: 7, hours: 1 });
    await deliver();
    // 7.5% of ¥100 and of ¥30.
    expect(await arrived(guide)).toMatchObject([
      { templateId: 'demo-commission-available', values: { amount1: '9.75元', thing3: '2 笔佣金已可提现' } },
    ]);
    const { availableFen } = await shop.mall.api.get<GuideBalance>('/api/guide/balance', guide.token);
    const asked = await shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen: availableFen }, guide.token);
    shop.mall.app.get(Worker).wake();
    const waiting = await eventually(
      'the transfer waiting for her',
      () => shop.mall.api.get<Payout>(`/api/guide/payouts/${asked.id}`, guide.token),
      ({ transfers }) => transfers.every(({ state }) => state === 'waiting'),
    );
    for (const { id } of waiting.transfers) await confirmTransfer(shop, guide, id);
    await deliver();
    expect((await arrived(guide)).at(-1)).toMatchObject({
      templateId: 'demo-payout-arrived',
      page: 'packages/guide/payout/index',
      values: { amount1: '9.75元' },
    });
  });

  it('rate changed: one a day for a guide who asked, however many rates', async () => {
    const [asked, silent] = [await shop.newGuide('许宁'), await shop.newGuide('何苗')];
    await allow(asked, 'guide-desk');
    await shop.publishRate(800, 200);
    await shop.publishRate(900, 200, (await shop.now()) + 2 * 86_400_000);
    await deliver();
    expect((await arrived(asked)).map(({ values }) => values.thing2)).toEqual(['共 2 项调整，点击查看']);
    expect(await arrived(silent)).toEqual([]);
  });

  it('43101: what she took back in WeChat ends the message and our count', async () => {
    const person = await shop.newCustomer();
    const order = await shop.buy(person, { BAG: 1 });
    await allow(person, 'payment');
    const switchOff = { persona: person.persona, masterSwitch: false };
    await shop.mall.emulator.call('POST', '/control/messages', { body: switchOff, expect: [200] });
    await shop.ship(order.id);
    await deliver();
    const page = await shop.hqGet<Page<SubscribeMessageView>>('/api/hq/messages?state=refused&kind=order-shipped');
    expect(page.items.filter(({ subjectId }) => subjectId === order.id)).toMatchObject([
      { state: 'refused', reasonCode: '43101', reason: '对方没有可用的订阅次数' },
    ]);
    expect(await offer(person, 'payment')).toContain('demo-order-shipped');
  });

  it('HQ sees what is set up and how messages ended', async () => {
    const tallies = await shop.hqGet<MessageTally[]>('/api/hq/messages/tallies');
    expect(tallies.map(({ kind, configured }) => [kind, configured])).toHaveLength(5);
    expect(tallies.every(({ configured }) => configured)).toBe(true);
    expect(tallies.find(({ kind }) => kind === 'order-shipped')?.states).toMatchObject({ sent: 1, refused: 1 });
  });

  it('refuses unknown templates and moments, garbage, strangers and customers who ask for HQ’s list', async () => {
    const person = await shop.newCustomer();
    const post = (body: unknown, token?: string) =>
      send(shop.mall.apiUrl, 'POST', '/api/subscriptions', token === undefined ? { body } : { body, token });
    const good = { moment: 'payment', requestId: 'request-bad-1' };
    const outcome = (templateId: unknown, value: unknown) => ({ ...good, outcomes: [{ templateId, outcome: value }] });
    for (const body of [
      outcome('not-ours', 'accept'),
      outcome('demo-order-shipped', 'maybe'),
      outcome(7, 'accept'),
      { ...good, outcomes: [] },
      { ...outcome('demo-order-shipped', 'accept'), requestId: 'short' },
      { ...outcome('demo-order-shipped', 'accept'), moment: 'breakfast' },
    ]) {
      expectProblem(await post(body, person.token), 422, ProblemType.ValidationFailed);
    }
    expect((await post(outcome('demo-order-shipped', 'accept'))).status).toBe(401);
    const list = await send(shop.mall.apiUrl, 'GET', '/api/hq/messages', { token: person.token });
    expect(list.status).toBe(403);
    expect(await shop.count('message_answers', 'memberId = ?', [person.memberId])).toBe(0);
  });
});
