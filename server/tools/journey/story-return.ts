/** The journey's second half: parcel, coupon, a new rate, a second order, a refund; and the sums at the end. */
import type { Coupon } from '@mall/shared/coupons';
import type { CommissionReceipt } from '@mall/shared/guides';
import type { AuditEntry, BusinessTime, CommissionRule, LedgerSummary, StockLevel } from '@mall/shared/hq';
import type { OrderDetail, RefundSummary } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { eventually } from './api-client.js';
import { commissionOf, expectedCommission } from './arithmetic.js';
import type { StepDetails } from './report.js';
import type { Step } from './story-opening.js';
import { demand, entriesOf, pay, placeOrder, type World } from './world.js';

const DISCOUNT_FEN = 500;

function orderAt(world: World, index: number) {
  const order = world.orders[index];
  demand(order !== undefined, `order ${index + 1} was not placed`);
  return order;
}

async function hqStartsCampaign(world: World): Promise<StepDetails> {
  const coupon = { name: '复购券', kind: 'amount_off', thresholdFen: 501, discountFen: DISCOUNT_FEN, validDays: 30 };
  const campaign = { name: '收货复购', trigger: 'received', holdoutBps: 0, coupon };
  const made = await world.api.post<{ id: string }>('/api/hq/coupon-campaigns', campaign, world.hqToken);
  return { campaignId: made.id, discountFen: DISCOUNT_FEN };
}

async function hqShips(world: World): Promise<StepDetails> {
  const { orderId } = orderAt(world, 0);
  const parcel = { carrier: 'SF', trackingNumber: 'SF1234567890' };
  await world.api.post(`/api/hq/orders/${orderId}/shipments`, parcel, world.hqToken);
  return { orderId, ...parcel };
}

async function customerReceives(world: World): Promise<StepDetails> {
  const { orderId } = orderAt(world, 0);
  const order = await world.api.post<OrderDetail>(`/api/orders/${orderId}/receipt`, {}, world.customer.token);
  demand(order.state === 'received', `the order is ${order.state} after receipt`);
  return { orderId, receivedAt: order.receivedAt };
}

async function couponArrives(world: World): Promise<StepDetails> {
  const coupons = await eventually(
    'the repurchase coupon',
    () => world.api.get<Coupon[]>('/api/me/coupons?state=issued', world.customer.token),
    (found) => found.length > 0,
  );
  demand(coupons.length === 1, `${coupons.length} coupons were issued for one order`);
  world.couponsIssued += 1;
  return { couponId: coupons[0]?.id, name: coupons[0]?.name, discountFen: coupons[0]?.discountFen };
}

async function hqPublishesRate(world: World): Promise<StepDetails> {
  const { now } = await world.api.get<BusinessTime>('/api/demo/clock');
  const later = { guideBps: 500, storeBps: 100, effectiveFrom: now + 86_400_000, reason: '秋季调整' };
  const scope = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' } };
  const rule = await world.api.post<CommissionRule>('/api/hq/commission-rules', { ...scope, ...later }, world.hqToken);
  const past = { ...scope, ...later, effectiveFrom: now - 1_000 };
  await world.api.call('POST', '/api/hq/commission-rules', { body: past, token: world.hqToken, expect: [422] });
  const log = await world.api.get<Page<AuditEntry>>(`/api/hq/audit-log?subject=${rule.id}`, world.hqToken);
  const entry = log.items[0];
  const old = entry?.old as CommissionRule | null | undefined;
  const fresh = entry?.new as CommissionRule | null | undefined;
  demand(
    entry?.actor === 'admin' && old?.guideBps === 750 && fresh?.guideBps === 500,
    'the audit log lacks the change',
  );
  return { ruleId: rule.id, effectiveFrom: rule.effectiveFrom, who: entry.actor, oldBps: 750, newBps: 500 };
}

async function windowPasses(world: World): Promise<StepDetails> {
  const { now } = await world.api.post<BusinessTime>('/api/demo/clock/advance', { days: 8 });
  const order = orderAt(world, 0);
  const entries = await entriesOf(world, order.orderId);
  demand(
    entries.every(({ state }) => state === 'available'),
    'a commission is not available after the window',
  );
  const [first] = entries;
  const receipt = await world.api.get<CommissionReceipt>(`/api/guide/commissions/${first?.id}`, world.guide.token);
  const line = order.lines.find(({ baseFen }) => BigInt(receipt.baseFen) === baseFen);
  demand(line !== undefined, `the receipt's base of ${receipt.baseFen} fen is no line's`);
  const due = commissionOf(line.baseFen, 750);
  demand(BigInt(receipt.amountFen) === due, `the old order pays ${receipt.amountFen} fen, ${due} was agreed`);
  world.rates = { guideBps: 500, storeBps: 100 };
  return { now, entryId: receipt.id, amountFen: receipt.amountFen, rule: receipt.ruleText, finalAt: receipt.finalAt };
}

async function customerReturns(world: World): Promise<StepDetails> {
  const coupons = await world.api.get<Coupon[]>('/api/me/coupons?state=issued', world.customer.token);
  const { order, remembered } = await placeOrder(world, world.items.slice(1, 3), coupons[0]?.id ?? null);
  world.orders.push(remembered);
  demand(order.discountFen === DISCOUNT_FEN, `the coupon took ${order.discountFen} fen off, not ${DISCOUNT_FEN}`);
  await pay(world, order.id);
  const redeemed = await world.api.get<Coupon[]>('/api/me/coupons?state=redeemed', world.customer.token);
  demand(redeemed.length === 1, 'the coupon is not redeemed');
  world.couponsRedeemed += 1;
  await eventually(
    "the second order's commission",
    () => entriesOf(world, order.id),
    (found) => found.length === remembered.lines.length,
  );
  return { orderId: order.id, totalFen: order.totalFen, discountFen: order.discountFen, couponId: coupons[0]?.id };
}

async function hqRefundsPart(world: World): Promise<StepDetails> {
  const order = orderAt(world, 1);
  const [line] = order.lines;
  demand(line !== undefined, 'the second order has no line');
  const part = line.baseFen / 3n + 1n;
  const body = { lines: [{ orderLineId: line.orderLineId, amountFen: Number(part) }], reason: '部分退款' };
  const key = `journey-refund-${order.orderId}`;
  const refund = await world.api.postOnce<RefundSummary>(
    `/api/hq/orders/${order.orderId}/refunds`,
    body,
    world.hqToken,
    key,
  );
  const again = await world.api.postOnce<RefundSummary>(
    `/api/hq/orders/${order.orderId}/refunds`,
    body,
    world.hqToken,
    key,
  );
  demand(again.id === refund.id, 'one Idempotency-Key made two refunds');
  await eventually(
    'the refund',
    () => world.api.get<OrderDetail>(`/api/orders/${order.orderId}`, world.customer.token),
    ({ refunds }) => refunds.every(({ state }) => state === 'succeeded'),
  );
  line.refundedFen += part;
  order.refundedFen += part;
  const due = order.lines.reduce((sum, { baseFen, refundedFen, guideBps }) => {
    return sum + commissionOf(baseFen - refundedFen, guideBps);
  }, 0n);
  const entries = await eventually(
    'the reversal',
    () => entriesOf(world, order.orderId),
    (found) => found.reduce((sum, { amountFen }) => sum + BigInt(amountFen), 0n) === due,
  );
  return { refundId: refund.id, refundFen: Number(part), commissionLeftFen: Number(due), entries: entries.length };
}

async function noticesComeAgain(world: World): Promise<StepDetails> {
  const notices = await world.emulator.get<{ id: string }[] | { notices: { id: string }[] }>('/control/notices');
  const list = Array.isArray(notices) ? notices : notices.notices;
  for (const { id } of list) await world.emulator.post(`/control/notices/${id}/resend`, {});
  return { resent: list.length };
}

async function stockAddsUp(world: World): Promise<StepDetails> {
  const sold = new Map<string, number>();
  for (const { skuId, quantity } of world.orders.flatMap(({ lines }) => lines)) {
    sold.set(skuId, (sold.get(skuId) ?? 0) + quantity);
  }
  const ids = [...sold.keys()].join(',');
  const levels = await world.api.get<StockLevel[]>(`/api/hq/stock?skuIds=${ids}`, world.hqToken);
  demand(levels.length === sold.size, 'stock levels are missing');
  for (const level of levels) {
    const { skuId, received, reserved, available } = level;
    demand(level.sold === sold.get(skuId), `${skuId}: ${level.sold} sold, ${sold.get(skuId)} were bought`);
    demand(reserved === 0, `${skuId}: ${reserved} pieces are still reserved`);
    demand(available + level.sold === received, `${skuId}: ${available} + ${level.sold} is not ${received}`);
  }
  return { skus: levels.length, sold: [...sold.values()].reduce((sum, pieces) => sum + pieces, 0) };
}

/** Everything at the end, against the journey's own sums. */
export async function sumUp(world: World): Promise<StepDetails> {
  const ledger = await world.api.get<LedgerSummary>('/api/hq/ledger/summary', world.hqToken);
  const balance = (prefix: string): bigint =>
    ledger.accounts
      .filter(({ account }) => account.startsWith(prefix))
      .reduce((sum, { balanceFen }) => sum + BigInt(balanceFen), 0n);
  const paid = world.orders.reduce((sum, { paidFen }) => sum + paidFen, 0n);
  const refunded = world.orders.reduce((sum, { refundedFen }) => sum + refundedFen, 0n);
  const forGuide = expectedCommission(world.orders, 'guideBps');
  const forStore = expectedCommission(world.orders, 'storeBps');
  const checks: readonly [string, bigint, bigint][] = [
    ['customers paid', balance('customers:'), refunded - paid],
    ['sales', balance('hq:sales'), paid - refunded],
    ['the guide holds', balance(`guide:${world.guideId}:`), forGuide],
    ['the store holds', balance(`store:${world.storeId}:`), forStore],
    ['commission cost', balance('hq:commission'), -forGuide - forStore],
    ['all legs', BigInt(ledger.sumFen), 0n],
  ];
  for (const [what, found, expected] of checks) {
    demand(found === expected, `${what}: the ledger says ${found} fen, the journey's own sum ${expected}`);
  }
  demand(paid > 0n && forGuide > 0n, 'nothing was paid or earned: these sums prove nothing');
  return {
    orders: world.orders.length,
    paidFen: Number(paid),
    refundedFen: Number(refunded),
    commissionFen: Number(balance(`guide:${world.guideId}:`)),
    expectedCommissionFen: Number(forGuide),
    ledgerSumFen: ledger.sumFen,
    couponsIssued: world.couponsIssued,
    couponsRedeemed: world.couponsRedeemed,
  };
}

export const RETURN: readonly Step[] = [
  ['hq-starts-campaign', hqStartsCampaign],
  ['hq-ships', hqShips],
  ['customer-receives', customerReceives],
  ['coupon-arrives', couponArrives],
  ['hq-publishes-rate', hqPublishesRate],
  ['window-passes', windowPasses],
  ['customer-returns-with-coupon', customerReturns],
  ['hq-refunds-part', hqRefundsPart],
  ['notices-come-again', noticesComeAgain],
  ['stock-adds-up', stockAddsUp],
];
