/** Draws orders and refunds. */
import type { Chance } from './chance.js';
import { discounts, isUsable } from './reference-prices.js';
import type { Coupon, Order, State } from './reference-state.js';
import type { OrderStep, RefundStep } from './steps.js';
import { SKUS } from './world.js';

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

/** Orders come rather from those of whom something can be learnt: who was touched, is bound, or holds a coupon. */
export function drawOrder(chance: Chance, state: State): OrderStep {
  const heldBy = (index: number): Coupon[] => state.coupons.filter((coupon) => isUsable(coupon, index, state.now));
  const weights = state.people.map((person, index) => {
    const interest = person.touches.length > 0 ? 4 : 0;
    const bound = person.bindings.length > 0 ? 4 : 0;
    return [2 + interest + bound + (heldBy(index).length > 0 ? 6 : 0), index] as const;
  });
  const person = chance.weighted(weights);
  const lines = drawLines(chance);
  const goods = lines.map(({ sku, quantity }) => ({ sku, goodsFen: (SKUS[sku]?.priceFen ?? 0) * quantity }));
  const held = heldBy(person).filter(({ campaign }) => discounts(campaign, goods) !== null);
  const coupon = held.length > 0 && chance.percent(70) ? chance.pick(held) : null;
  return {
    kind: 'order',
    order: state.orders.size,
    person,
    lines,
    coupon: coupon && { campaign: coupon.campaign, source: coupon.source },
  };
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

export function drawRefund(chance: Chance, state: State): RefundStep | null {
  const paid = [...state.orders.values()].filter(({ state: at, takenFen, totalFen }) => {
    return at !== 'created' && at !== 'cancelled' && takenFen < totalFen;
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
    settled: chance.percent(60),
  };
}
