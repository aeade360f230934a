/** A little of everything that moves money, so that each check of the reconciliation has something to compare. */

import type { HqDispute } from '@mall/shared/disputes';
import type { OrderDetail } from '@mall/shared/orders';
import type { GuideBalance, Payout } from '@mall/shared/payouts';
import { Worker } from '../../src/platform/jobs/worker.js';
import { eventually } from '../../tools/journey/api-client.js';
import { TestMerchant } from '../../wechat-emulator/merchant-for-tests.js';
import { confirmTransfer } from './confirm-transfer.js';
import { send } from './e2e-http.js';
import { FREE_PROVINCE, type GuidePerson, type Person, Shop } from './e2e-shop.js';
import type { Engine } from './test-database.js';

export interface History {
  shop: Shop;
  rival: GuidePerson;
  /** Two lines and a coupon; paid, nothing more. */
  paid: OrderDetail;
  /** Received, part of it refunded, and the rest frozen. */
  frozen: OrderDetail;
  /** Received long ago; refunded in part before, and by goodwill and after finality later. */
  released: OrderDetail;
  /** Given to the rival by a dispute after it had been received. */
  disputed: OrderDetail;
  /** Wholly refunded before it was shipped. */
  closed: OrderDetail;
  /** Cancelled; its payment came later and went back. */
  late: OrderDetail;
  /** Cost nothing. */
  free: OrderDetail;
  /** Nobody's sale. */
  nobodys: OrderDetail;
  /** A refund of it is at WeChat, which was busy. */
  refunding: OrderDetail;
}

const systemClock = { now: () => performance.timeOrigin + performance.now() };

export async function makeHistory(engine: Engine): Promise<History> {
  const shop = await Shop.open(engine);
  const rival = await shop.newGuide('王敏');
  await publishSettings(shop);
  const customer = (joins = false) => shop.newCustomer({ through: shop.guide.code, joins });
  const part = (order: OrderDetail, amountFen: number, goodwill = false) =>
    shop.refund(order.id, { lines: [{ orderLineId: order.lines[0]?.id ?? '', amountFen }], goodwill });
  const delivered = async (person: Person, order: OrderDetail): Promise<OrderDetail> => {
    await shop.ship(order.id);
    return shop.receive(person, order.id);
  };

  const first = await customer(true);
  const released = await delivered(first, await shop.buy(first, { SHIRT: 2, SOCKS: 1 }));
  await part(released, 1_111);
  await shop.advance({ days: 8 });
  await part(released, 2_222);
  await part(released, 333, true);
  const between = await customer();
  await shop.touch(between, rival.code);
  await shop.touch(between, shop.guide.code);
  const disputed = await delivered(between, await shop.buy(between, { RARE: 1 }));
  await grant(shop, rival, disputed.id);
  const nobody = await shop.newCustomer();
  const nobodys = await shop.buy(nobody, { SCARF: 1 });
  await payouts(shop);

  const buyer = await customer();
  const couponId = await shop.grantCoupon(buyer, { kind: 'amount_off', thresholdFen: 10_000, discountFen: 3_000 });
  const paid = await shop.buy(buyer, { SHIRT: 1, BAG: 1 }, [couponId]);
  const frozen = await delivered(buyer, await shop.buy(buyer, { BAG: 3 }));
  await shop.refund(frozen.id, {
    lines: [{ orderLineId: frozen.lines[0]?.id ?? '', amountFen: 1_234, restockQuantity: 1 }],
    freightFen: 100,
  });
  const closed = await shop.buy(await customer(), { SOCKS: 2 });
  await shop.refund(closed.id, {
    lines: [{ orderLineId: closed.lines[0]?.id ?? '', amountFen: 6_000 }],
    freightFen: 1_200,
  });
  const frugal = await shop.newCustomer({ through: shop.guide.code, province: FREE_PROVINCE });
  const gift = await shop.grantCoupon(frugal, { kind: 'amount_off', thresholdFen: 100, discountFen: 5_000 });
  const free = await shop.place(frugal, { SOCKS: 1 }, [gift]);
  const late = await payLate(shop, await customer());
  const refunding = await refundLater(shop, await shop.buy(await customer(), { SCARF: 1 }));
  await shop.mall.settle();
  // What is damaged below must not be mended, or made worse, by a job meanwhile.
  await (shop.mall.app.get(Worker) as Worker).beforeApplicationShutdown();
  return { shop, rival, paid, frozen, released, disputed, closed, late, free, nobodys, refunding };
}

/** R4.6: a fifth of what is earned vests on the second order. R5.5: from ¥8 on, a payout waits for HQ. */
async function publishSettings(shop: Shop): Promise<void> {
  const settings = {
    distribution: { tailBps: 2_000, tailVesting: 'second_order' },
    payouts: { autoApproveFen: 800 },
  };
  for (const [name, values] of Object.entries(settings)) {
    await shop.execute(
      `INSERT INTO setting_versions (id, settingName, valuesJson, effectiveFrom, createdBy, createdAt, reason)
       VALUES (?, ?, ?, ?, 'test', 1, 'test')`,
      [`set_${name}`, name, JSON.stringify(values), await shop.now()],
    );
  }
}

async function grant(shop: Shop, guide: GuidePerson, orderId: string): Promise<void> {
  await shop.mall.api.post(`/api/guide/orders/${orderId}/dispute`, {}, guide.token);
  const { items } = await shop.hqGet<{ items: HqDispute[] }>('/api/hq/disputes?state=open');
  const decision = { outcome: 'granted', reason: '实际由她服务' };
  await shop.hq(`/api/hq/disputes/${items[0]?.id}/decide`, decision);
}

/** One that arrived, one that waits for the guide, and one that she took back. */
async function payouts(shop: Shop): Promise<void> {
  const { token } = shop.guide;
  const ask = (amountFen: number): Promise<Payout> =>
    shop.mall.api.postOnce<Payout>('/api/guide/payouts', { amountFen }, token);
  const { requestableFen } = await shop.mall.api.get<GuideBalance>('/api/guide/balance', token);
  expect(requestableFen).toBeGreaterThan(1_000);
  const arrived = await ask(701);
  await shop.mall.settle();
  await confirmTransfer(shop, shop.guide, arrived.transfers[0]?.id ?? '');
  await ask(202);
  const back = await ask(903);
  await shop.mall.api.post(`/api/guide/payouts/${back.id}/cancel`, {}, token);
  await shop.mall.settle();
}

async function refundLater(shop: Shop, order: OrderDetail): Promise<OrderDetail> {
  await shop.mall.emulator.post('/control/faults', { kind: 'busy', path: '/v3/refund/domestic/refunds' });
  const body = { lines: [{ orderLineId: order.lines[0]?.id ?? '', amountFen: 4_321 }], reason: '繁忙' };
  await shop.mall.api.postOnce(`/api/hq/orders/${order.id}/refunds`, body, shop.hqToken);
  return order;
}

/** R7.5: WeChat takes money for an order that was cancelled meanwhile. */
async function payLate(shop: Shop, person: Person): Promise<OrderDetail> {
  const merchant = new TestMerchant(shop.mall.running, systemClock);
  const order = await shop.place(person, { BAG: 1 });
  await shop.mall.emulator.post('/control/faults', { kind: 'busy', path: '/v3/pay/transactions/jsapi' });
  await send(shop.mall.apiUrl, 'POST', `/api/orders/${order.id}/payment`, { token: person.token, body: {} });
  await send(shop.mall.apiUrl, 'POST', `/api/orders/${order.id}/cancel`, { token: person.token, body: {} });
  const answer = await merchant.prepay(order.number, {
    amount: { total: order.totalFen, currency: 'CNY' },
    payer: { openid: merchant.openid(person.persona) },
    notify_url: `${shop.mall.apiUrl}/api/wechat/pay-notices`,
  });
  await merchant.pay(answer.json.prepay_id, person.persona);
  await eventually(
    'the refund of the late payment',
    () => shop.query<{ state: string }>('SELECT state FROM refunds WHERE orderId = ?', [order.id]),
    (rows) => rows[0]?.state === 'succeeded',
  );
  return order;
}
