/** R1.2, R6.2 by the reference model: what goods cost, and what a coupon takes off each line. */
import type { Coupon } from './reference-state.js';
import { CAMPAIGNS, FREIGHT, SKUS } from './world.js';

/** floor(amount × bps / 10,000) (R1.3). */
export function share(amountFen: number, bps: number): number {
  return Number((BigInt(amountFen) * BigInt(bps)) / 10_000n);
}

/** Largest remainder, ties by position. The weights are not all zero. */
export function spread(totalFen: number, weights: readonly number[]): number[] {
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const rows = weights.map((weight, position) => {
    const product = BigInt(totalFen) * BigInt(weight);
    return { position, part: Number(product / BigInt(whole)), rest: Number(product % BigInt(whole)) };
  });
  let left = totalFen - rows.reduce((sum, { part }) => sum + part, 0);
  for (const row of [...rows].sort((a, b) => b.rest - a.rest || a.position - b.position)) {
    if (left === 0) break;
    row.part += 1;
    left -= 1;
  }
  return rows.map(({ part }) => part);
}

export interface PricedLine {
  sku: number;
  goodsFen: number;
  discountFen: number;
}

export interface Priced {
  lines: PricedLine[];
  freightFen: number;
  totalFen: number;
}

function priceOf(sku: number): number {
  return SKUS[sku]?.priceFen ?? 0;
}

/** What the coupon takes off each line; null: it cannot be used on these goods. */
export function discounts(campaign: number, goods: readonly { sku: number; goodsFen: number }[]): number[] | null {
  const terms = CAMPAIGNS[campaign];
  if (terms === undefined) return null;
  const weights = goods.map(({ sku, goodsFen }) =>
    terms.product === null || SKUS[sku]?.product === terms.product ? goodsFen : 0,
  );
  const scopedFen = weights.reduce((sum, weight) => sum + weight, 0);
  if (scopedFen === 0 || scopedFen < terms.thresholdFen) return null;
  const wantedFen = terms.discountFen ?? share(scopedFen, terms.rateBps ?? 0);
  const givesFen = Math.min(wantedFen, scopedFen);
  return givesFen === 0 ? null : spread(givesFen, weights);
}

/** Null: the coupon does not apply. */
export function price(lines: readonly { sku: number; quantity: number }[], campaign: number | null): Priced | null {
  const goods = lines.map(({ sku, quantity }) => ({ sku, goodsFen: priceOf(sku) * quantity }));
  const parts = campaign === null ? goods.map(() => 0) : discounts(campaign, goods);
  if (parts === null) return null;
  const priced = goods.map((line, position) => ({ ...line, discountFen: parts[position] ?? 0 }));
  const payableFen = priced.reduce((sum, { goodsFen, discountFen }) => sum + goodsFen - discountFen, 0);
  const freightFen = payableFen >= FREIGHT.freeFromFen ? 0 : FREIGHT.freightFen;
  return { lines: priced, freightFen, totalFen: payableFen + freightFen };
}

export function isUsable(coupon: Coupon, person: number, at: number): boolean {
  const { state, startsAt, expiresAt } = coupon;
  return coupon.person === person && state === 'issued' && startsAt <= at && at < expiresAt;
}
