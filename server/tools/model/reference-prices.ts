/** R1.2, R4.2, R6.2 by the reference model: what goods cost, what a coupon takes off each line, which rate applies. */
import type { Coupon, GuideState, Rate, State } from './reference-state.js';
import type { ProductScope, SellerScope } from './steps.js';
import { CAMPAIGNS, CATEGORIES, FREIGHT, PRODUCTS, SKUS, STORES, TIERS } from './world.js';

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

/** Smaller is more specific; null: not covered. A nearer category is more specific than a farther one. */
function productRank({ kind, id }: ProductScope, sku: number): number | null {
  const product = SKUS[sku]?.product ?? -1;
  const { brand, category } = PRODUCTS[product] ?? { brand: -1, category: -1 };
  const path = CATEGORIES[category]?.path ?? [];
  if (kind === 'sku') return id === sku ? 0 : null;
  if (kind === 'product') return id === product ? 1 : null;
  if (kind === 'category') return path.includes(id) ? 10 - path.indexOf(id) : null;
  if (kind === 'brand') return id === brand ? 20 : null;
  return 30;
}

function sellerRank({ kind, id }: SellerScope, guide: number, { store, tier }: GuideState): number | null {
  if (kind === 'guide') return id === guide ? 0 : null;
  if (kind === 'tier') return TIERS[id] === tier ? 1 : null;
  if (kind === 'store') return id === store ? 2 : null;
  if (kind === 'store_type') return (id === 0 ? 'direct' : 'franchise') === STORES[store]?.type ? 3 : null;
  return 4;
}

/** R4.2: the most specific product scope, then seller scope, then the newest version; null: no rule covers it. */
export function rateFor(state: State, sku: number, guide: number, of: GuideState, at: number): Rate | null {
  const covering = state.rates.flatMap((rate) => {
    const product = productRank(rate.product, sku);
    const seller = sellerRank(rate.seller, guide, of);
    return product === null || seller === null || rate.from > at ? [] : [{ rate, product, seller }];
  });
  covering.sort((a, b) => a.product - b.product || a.seller - b.seller || b.rate.from - a.rate.from);
  return covering[0]?.rate ?? null;
}
