/** Draws orders and refunds. */
import type { Chance } from './chance.js';
import { decide } from './reference-attribution.js';
import { discounts, isUsable, price } from './reference-prices.js';
import type { Branch, Coupon, Decision, Order, Reason, State } from './reference-state.js';
import type { OrderStep, RefundStep } from './steps.js';
import { CAMPAIGNS, SKUS } from './world.js';

const MOST_LINES = 3;

function drawLines(chance: Chance): OrderStep['lines'] {
  const left = SKUS.map((_, sku) => sku);
  const count = chance.weighted([
    [5, 1],
    [3, 2],
    [2, MOST_LINES],
  ]);
  return Array.from({ length: count }, () => {
    const [sku = 0] = left.splice(chance.below(left.length), 1);
    return { sku, quantity: chance.between(1, 3) };
  });
}

/** What an order is placed for: a way of R3.2 to win, or a reason of R3.3 to lose. */
type Aim = Branch | 'b*' | Reason;

/** Seldom within reach: taken when they are. */
const RARE: readonly Aim[] = [
  'older_touch',
  'binding_expired',
  'other_store',
  'older_touch',
  'self_purchase',
  'b*',
  'b*',
  'b*',
  'b*',
  'b',
  'b',
  'd',
  'binding_expired',
  'link_revoked',
  'link_unknown',
  'touch_outside_window',
];
const RARE_PERCENT = 90;

const AIMS: readonly (readonly [number, Aim])[] = [
  [6, 'a'],
  [6, 'c'],
  [3, 'e'],
  [1, 'f'],
  [9, 'self_purchase'],
  [2, 'guide_left'],
  [2, 'guide_suspended'],
  [8, 'link_revoked'],
  [6, 'link_unknown'],
  [8, 'touch_outside_window'],
  [16, 'older_touch'],
];
const TRIES = 1;

function reaches(aim: Aim, { branch, guide, payees, lost }: Decision): boolean {
  if (aim === 'b*') return branch !== 'b' && payees.some((payee) => payee.guide !== guide);
  return branch === aim || lost.some(({ reasons }) => reasons[0] === aim);
}

/** Goods of the coupon's product, and for `b*` something else beside them. */
function linesFor(chance: Chance, coupon: Coupon, aim: Aim): OrderStep['lines'] {
  const terms = CAMPAIGNS[coupon.campaign];
  const [inScope, others] = [true, false].map((wanted) =>
    SKUS.flatMap(({ product }, sku) => ((terms?.product == null || product === terms.product) === wanted ? [sku] : [])),
  );
  const skus = [chance.pick(inScope ?? [0])];
  if (aim === 'b*' && others !== undefined && others.length > 0) skus.splice(chance.below(2), 0, chance.pick(others));
  return skus.map((sku) => ({ sku, quantity: chance.between(1, 3) }));
}

function drawBasket(chance: Chance, state: State, person: number, aim: Aim): OrderStep {
  const usable = state.coupons.filter((one) => isUsable(one, person, state.now));
  const ofGuides = usable.filter(({ guide }) => guide !== null);
  const wanted = (aim === 'b' || aim === 'b*') && ofGuides.length > 0 ? chance.pick(ofGuides) : null;
  const lines = wanted === null ? drawLines(chance) : linesFor(chance, wanted, aim);
  const goods = lines.map(({ sku, quantity }) => ({ sku, goodsFen: (SKUS[sku]?.priceFen ?? 0) * quantity }));
  const fitting = usable.filter(({ campaign }) => discounts(campaign, goods) !== null);
  const coupon = wanted ?? (fitting.length > 0 && chance.percent(30) ? chance.pick(fitting) : null);
  const used = coupon && { campaign: coupon.campaign, source: coupon.source };
  return { kind: 'order', order: state.orders.size, person, lines, coupon: used };
}

function decisionOn(state: State, step: OrderStep): Decision {
  const { coupon, lines, person } = step;
  const guide =
    coupon && state.coupons.find((one) => one.campaign === coupon.campaign && one.source === coupon.source)?.guide;
  const parts = coupon === null ? [] : (price(lines, coupon.campaign)?.lines ?? []);
  const discounted = parts.flatMap(({ discountFen }, position) => (discountFen > 0 ? [position] : []));
  return decide(state, person, lines.length, guide == null ? null : { guide, lines: discounted });
}

/** Somebody's order that reaches an aim; or, when nobody's does, seldom any order at all. */
export function drawOrder(chance: Chance, state: State): OrderStep | null {
  const aims = Array.from({ length: TRIES }, () => chance.weighted(AIMS));
  if (chance.percent(RARE_PERCENT)) aims.unshift(chance.pick(RARE), chance.pick(RARE), chance.pick(RARE));
  for (const aim of aims) {
    const first = chance.below(state.people.length);
    for (let offset = 0; offset < state.people.length; offset += 1) {
      const person = (first + offset) % state.people.length;
      const step = drawBasket(chance, state, person, aim);
      if (reaches(aim, decisionOn(state, step))) return step;
    }
  }
  return chance.percent(3) ? drawBasket(chance, state, chance.below(state.people.length), 'f') : null;
}

/** Whatever this person's order would come to. */
export function drawOrderOf(chance: Chance, state: State, person: number): OrderStep {
  return drawBasket(chance, state, person, chance.pick(['b', 'b*', 'f'] as const));
}

/** All that is left, a few fen, or some odd part: and now and then more than is left. */
function partOf(chance: Chance, leftFen: number): number {
  if (chance.percent(3)) return leftFen + 1;
  return chance.weighted([
    [4, leftFen],
    [3, chance.between(0, leftFen)],
    [2, Math.min(leftFen, chance.between(1, 99))],
  ]);
}

function linesToRefund(chance: Chance, order: Order): RefundStep['lines'] {
  const whole = chance.percent(35);
  return order.lines.flatMap(({ baseFen, takenFen }, line) => {
    if (!whole && chance.percent(35)) return [];
    const amountFen = whole ? baseFen - takenFen : partOf(chance, baseFen - takenFen);
    return [{ line, amountFen }];
  });
}

/** @param about the order's label; null: any order of which something is left */
export function drawRefund(chance: Chance, state: State, about: number | null): RefundStep | null {
  const paid = [...state.orders.values()].filter(({ state: at, takenFen, totalFen, label }) => {
    const isRefundable = at !== 'created' && at !== 'cancelled' && takenFen < totalFen;
    return isRefundable && (about === null || label === about);
  });
  if (paid.length === 0) return null;
  const order = chance.pick(paid);
  const freightLeft = order.freightFen - order.takenFreightFen;
  return {
    kind: 'refund',
    refund: state.refunds.size,
    order: order.label,
    lines: linesToRefund(chance, order),
    freightFen: chance.percent(45) ? freightLeft : 0,
    goodwill: chance.percent(20),
    settled: chance.percent(20),
  };
}
