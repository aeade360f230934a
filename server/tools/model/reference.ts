/** The reference model: what each step does, from the rules (R2 to R5) and nothing else. */
import { type CouponUse, decide } from './reference-attribution.js';
import { bind, bindByPaidOrder, completeOrder, standingAt } from './reference-bindings.js';
import { accrue, charge, hasOpenRefund, releaseDue, startClocks } from './reference-commission.js';
import { isUsable, price, rateFor } from './reference-prices.js';
import {
  AFTER_SALE_DAYS,
  AUTO_RECEIVE_DAYS,
  type Coupon,
  type GuideState,
  type Order,
  personOf,
  type Refund,
  type State,
  settingsAt,
} from './reference-state.js';
import type { OrderStep, RateStep, RefundStep, Step, StepOutcome } from './steps.js';
import { CAMPAIGNS, DAY } from './world.js';

/** Lets the step happen, or says why not. */
export function apply(state: State, step: Step): StepOutcome {
  switch (step.kind) {
    case 'touch':
    case 'revoke':
    case 'join':
    case 'enrol':
      return applyToPerson(state, step);
    case 'order':
      return placeOrder(state, step);
    case 'pay':
    case 'cancel':
    case 'ship':
    case 'receive':
      return moveOrder(state, step);
    case 'refund':
      return takeRefund(state, step);
    case 'settle':
      return settleRefund(state, step.refund, step.succeeds);
    case 'advance':
      state.now += step.ms;
      moveOrdersInTime(state);
      return 'done';
    case 'release':
      releaseDue(state);
      return 'done';
    case 'suspend':
    case 'return':
    case 'leave':
      return changeStatus(state, step);
    case 'rate':
      return publishRate(state, step);
    case 'settings': {
      const from = state.now + step.inMs;
      if (state.settings.some((version) => version.from === from)) return 'absent';
      // A version is complete: what it does not name is as it stands when it takes effect.
      state.settings.push({ from, values: { ...settingsAt(state, from), ...step.values } });
      return 'done';
    }
  }
}

type PersonStep = Extract<Step, { kind: 'touch' | 'revoke' | 'join' | 'enrol' }>;

function applyToPerson(state: State, step: PersonStep): StepOutcome {
  if (step.kind === 'touch') return touch(state, step);
  if (step.kind === 'revoke') {
    const { guide } = personOf(state, step.guide);
    if (guide === null) return 'absent';
    guide.hasRevoked = true;
    return 'done';
  }
  const person = personOf(state, step.person);
  if (step.kind === 'enrol') {
    if (!person.joined || person.guide !== null) return 'refused';
    const { store, tier } = step;
    person.guide = { store, tier, status: 'active', registeredAt: state.now, hasRevoked: false };
    return 'done';
  }
  if (person.joined) return 'refused';
  person.joined = true;
  const offer = standingAt(state, step.person, state.now)?.isValid ? null : joinOffer(state, step.person);
  const store = offer === null ? undefined : personOf(state, offer).guide?.store;
  if (offer !== null && store !== undefined) bind(state, step.person, offer, store, state.now, false);
  return 'done';
}

function touch(state: State, step: Extract<Step, { kind: 'touch' }>): StepOutcome {
  const { touches } = personOf(state, step.person);
  const at = state.now;
  if (step.link === 'forged') {
    touches.push({ guide: null, at, link: 'forged', isOwn: false });
    return 'done';
  }
  const { guide } = personOf(state, step.guide);
  if (guide === null || (step.link === 'revoked' && !guide.hasRevoked)) return 'absent';
  touches.push({ guide: step.guide, at, link: step.link, isOwn: step.person === step.guide });
  return 'done';
}

/** R2.3: whose customer she becomes by joining: the guide of her latest good touch. */
function joinOffer(state: State, person: number): number | null {
  const windowMs = settingsAt(state, state.now).touchWindowDays * DAY;
  const good = personOf(state, person).touches.filter(({ link, isOwn, at, guide }) => {
    const serves = guide !== null && personOf(state, guide).guide?.status === 'active';
    return link === 'live' && !isOwn && serves && state.now < at + windowMs;
  });
  return good.at(-1)?.guide ?? null;
}

function placeOrder(state: State, step: OrderStep): StepOutcome {
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
    wasFullyRefunded: false,
  };
  state.orders.set(step.order, order);
  if (coupon !== null) coupon.state = 'locked';
  if (order.totalFen === 0) pay(state, order);
  return 'done';
}

type OrderMove = Extract<Step, { kind: 'pay' | 'cancel' | 'ship' | 'receive' }>;

function moveOrder(state: State, { kind, order: label }: OrderMove): StepOutcome {
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
  if (kind === 'ship') Object.assign(order, { state: 'shipped', dueAt: state.now + AUTO_RECEIVE_DAYS * DAY });
  if (kind === 'receive') receive(state, order, state.now);
  return 'done';
}

function pay(state: State, order: Order): void {
  order.state = 'paid';
  if (order.coupon !== null) order.coupon.state = 'redeemed';
  accrue(order);
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
  order.dueAt = at + AFTER_SALE_DAYS * DAY;
  startClocks(state, order, at);
  issueCoupons(state, order, 'received', at);
}

/** Receipt by time, then completion: when they were due, however late they are noticed. */
function moveOrdersInTime(state: State): void {
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

function takeRefund(state: State, step: RefundStep): StepOutcome {
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

function settleRefund(state: State, label: number, succeeds: boolean): StepOutcome {
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

function changeStatus(state: State, step: Extract<Step, { kind: 'suspend' | 'return' | 'leave' }>): StepOutcome {
  const { guide } = personOf(state, step.guide);
  if (guide === null) return 'absent';
  const to = { suspend: 'suspended', return: 'active', leave: 'left' } as const;
  const from: Record<typeof step.kind, readonly GuideState['status'][]> = {
    suspend: ['active'],
    return: ['suspended', 'left'],
    leave: ['active', 'suspended'],
  };
  if (!from[step.kind].includes(guide.status)) return 'refused';
  guide.status = to[step.kind];
  return 'done';
}

/** R4.3: two versions of one scope with one beginning are refused. */
function publishRate(state: State, step: RateStep): StepOutcome {
  const { product, seller, guideBps, storeBps } = step;
  if (seller.kind === 'guide' && personOf(state, seller.id).guide === null) return 'absent';
  const from = state.now + step.inMs;
  const isSame = (one: { kind: string; id: number }, other: { kind: string; id: number }): boolean =>
    one.kind === other.kind && one.id === other.id;
  if (state.rates.some((rate) => isSame(rate.product, product) && isSame(rate.seller, seller) && rate.from === from)) {
    return 'refused';
  }
  state.rates.push({ product, seller, guideBps, storeBps, from });
  return 'done';
}

export { hasOpenRefund };
