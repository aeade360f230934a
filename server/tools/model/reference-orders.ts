/** R3.1, R7 by the reference model: orders and their refunds, as far as money and bindings go. */
import { type CouponUse, decide } from './reference-attribution.js';
import { bindByPaidOrder, completeOrder } from './reference-bindings.js';
import { accrue, charge, startClocks } from './reference-commission.js';
import { isUsable, price } from './reference-prices.js';
import { rateFor } from './reference-rates.js';
import { type Coupon, type Order, orderSettingsAt, personOf, type Refund, type State } from './reference-state.js';
import type { OrderMove, OrderStep, RefundStep, StepOutcome } from './steps.js';
import { CAMPAIGNS, DAY } from './world.js';

export function placeOrder(state: State, step: OrderStep): StepOutcome {
  const { person, now } = { person: step.person, now: state.now };
  const { coupon: wanted } = step;
  const coupon =
    wanted && state.coupons.find((one) => one.campaign === wanted.campaign && one.source === wanted.source);
  if (coupon === undefined) return 'absent';
  if (coupon !== null && !isUsable(coupon, person, now)) return 'refused';
  const priced = price(step.lines, coupon?.campaign ?? null);
  if (priced === null) return 'refused';
  const lines = priced.lines.flatMap(({ discountFen }, position) => (discountFen > 0 ? [position] : []));
  const use: CouponUse | null = coupon === null || coupon.guide === null ? null : { guide: coupon.guide, lines };
  const decision = decide(state, person, priced.lines.length, use);
  const order: Order = {
    label: step.order,
    person,
    createdAt: now,
    state: 'created',
    lines: priced.lines.map(({ sku, goodsFen, discountFen }, position) => {
      const payee = decision.payees[position] ?? { guide: null, store: null };
      const of = payee.guide === null ? null : personOf(state, payee.guide).guide;
      const rate = of === null || payee.guide === null ? null : rateFor(state, sku, payee.guide, of, now);
      const { guideBps = null, storeBps = null } = rate ?? {};
      return { sku, goodsFen, baseFen: goodsFen - discountFen, takenFen: 0, ...payee, guideBps, storeBps, entries: [] };
    }),
    freightFen: priced.freightFen,
    totalFen: priced.totalFen,
    takenFen: 0,
    takenFreightFen: 0,
    backFen: 0,
    decision,
    coupon,
    hold: null,
    dueAt: 0,
    receivedAt: null,
    availableAt: 0,
    finalAt: 0,
    tailDueAt: 0,
    paidAt: null,
    wasFullyRefunded: false,
  };
  state.orders.set(step.order, order);
  if (coupon !== null) coupon.state = 'locked';
  if (order.totalFen === 0) pay(state, order);
  return 'done';
}

export function moveOrder(state: State, { kind, order: label }: OrderMove): StepOutcome {
  const order = state.orders.get(label);
  if (order === undefined) return 'absent';
  const from = { pay: 'created', cancel: 'created', ship: 'paid', receive: 'shipped' } as const;
  // The goods are hers already: saying it again changes nothing.
  if (kind === 'receive' && order.receivedAt !== null) return 'done';
  if (order.state !== from[kind]) return 'refused';
  if (kind === 'ship' && order.totalFen > 0 && order.takenFen === order.totalFen) return 'refused';
  if (kind === 'pay') pay(state, order);
  if (kind === 'cancel') {
    order.state = 'cancelled';
    if (order.coupon !== null) order.coupon.state = order.coupon.voidWhenFree ? 'void' : 'issued';
  }
  if (kind === 'ship')
    Object.assign(order, {
      state: 'shipped',
      dueAt: state.now + orderSettingsAt(state, state.now).autoReceiveDays * DAY,
    });
  if (kind === 'receive') receive(state, order, state.now);
  return 'done';
}

function pay(state: State, order: Order): void {
  order.state = 'paid';
  if (order.coupon !== null) order.coupon.state = 'redeemed';
  order.paidAt = state.now;
  accrue(state, order);
  bindByPaidOrder(state, order);
  const person = personOf(state, order.person);
  person.firstPaid ??= order.label;
  if (person.firstPaid === order.label) issueCoupons(state, order, 'first_paid', state.now);
}

function issueCoupons(state: State, order: Order, trigger: 'first_paid' | 'received', at: number): void {
  if (order.wasFullyRefunded) return;
  for (const [campaign, terms] of CAMPAIGNS.entries()) {
    if (terms.trigger !== trigger) continue;
    const { label: source, person, decision } = order;
    const window = { startsAt: at, expiresAt: at + terms.validDays * DAY };
    const coupon: Coupon = {
      campaign,
      source,
      person,
      guide: decision.guide,
      ...window,
      state: 'issued',
      voidWhenFree: false,
    };
    state.coupons.push(coupon);
  }
}

function receive(state: State, order: Order, at: number): void {
  order.state = 'received';
  order.dueAt = at + orderSettingsAt(state, at).afterSaleDays * DAY;
  startClocks(state, order, at);
  issueCoupons(state, order, 'received', at);
}

/** Receipt by time, then completion: when they were due, however late they are noticed. */
export function moveOrdersInTime(state: State): void {
  const due = (from: Order['state']): Order[] =>
    [...state.orders.values()]
      .filter((order) => order.state === from && order.dueAt <= state.now)
      .sort((a, b) => a.dueAt - b.dueAt || a.label - b.label);
  for (const order of due('shipped')) receive(state, order, order.dueAt);
  for (const order of due('received')) {
    order.state = 'completed';
    completeOrder(state, order, order.dueAt);
  }
}

export function takeRefund(state: State, step: RefundStep): StepOutcome {
  const order = state.orders.get(step.order);
  if (order === undefined || step.lines.some(({ line }) => order.lines[line] === undefined)) return 'absent';
  if (order.state === 'created' || order.state === 'cancelled') return 'refused';
  const amountFen = step.freightFen + step.lines.reduce((sum, line) => sum + line.amountFen, 0);
  const tooMuch = step.lines.some(({ line, amountFen: lineFen }) => {
    const held = order.lines[line];
    return held === undefined || held.takenFen + lineFen > held.baseFen;
  });
  if (amountFen === 0 || tooMuch || order.takenFreightFen + step.freightFen > order.freightFen) return 'refused';
  take(order, step, 1);
  const { lines, freightFen, goodwill } = step;
  const refund: Refund = { order: order.label, lines, freightFen, goodwill, requestedAt: state.now, state: 'open' };
  state.refunds.set(step.refund, refund);
  if (step.settled) arrive(state, order, refund);
  return 'done';
}

function take(order: Order, { lines, freightFen }: Pick<Refund, 'lines' | 'freightFen'>, sign: 1 | -1): void {
  for (const { line, amountFen } of lines) {
    const held = order.lines[line];
    if (held !== undefined) held.takenFen += sign * amountFen;
    order.takenFen += sign * amountFen;
  }
  order.takenFreightFen += sign * freightFen;
  order.takenFen += sign * freightFen;
}

export function settleRefund(state: State, label: number, succeeds: boolean): StepOutcome {
  const refund = state.refunds.get(label);
  const order = refund && state.orders.get(refund.order);
  if (refund === undefined || order === undefined || refund.state !== 'open') return 'absent';
  if (succeeds) arrive(state, order, refund);
  else {
    refund.state = 'failed';
    take(order, refund, -1);
  }
  return 'done';
}

function arrive(state: State, order: Order, refund: Refund): void {
  refund.state = 'arrived';
  charge(order, refund);
  order.backFen += refund.freightFen + refund.lines.reduce((sum, { amountFen }) => sum + amountFen, 0);
  if (order.backFen < order.totalFen) return;
  order.wasFullyRefunded = true;
  if (order.state === 'paid') order.state = 'cancelled';
  if (order.hold !== null) order.hold.endedAt ??= state.now;
  for (const coupon of state.coupons.filter(({ source }) => source === order.label)) {
    if (coupon.state === 'issued') coupon.state = 'void';
    if (coupon.state === 'locked') coupon.voidWhenFree = true;
  }
}
