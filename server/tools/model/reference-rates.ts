/** R4.2, R4.3 by the reference model: which rate applies, and what HQ may add to a scope. */
import { type GuideState, personOf, type Rate, type State } from './reference-state.js';
import type { ProductScope, RateStep, SellerScope, StepOutcome } from './steps.js';
import { CATEGORIES, PRODUCTS, SKUS, STORES, TIERS } from './world.js';

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

/** The first instant at which it holds no more by itself or by a stop. */
function endOf({ to, stoppedAt }: Rate): number {
  return Math.min(to ?? Number.POSITIVE_INFINITY, stoppedAt ?? Number.POSITIVE_INFINITY);
}

function holdsAt(rate: Rate, at: number): boolean {
  return rate.from <= at && at < endOf(rate);
}

function isSameScope(one: Pick<Rate, 'product' | 'seller'>, other: Pick<Rate, 'product' | 'seller'>): boolean {
  const same = (a: { kind: string; id: number }, b: { kind: string; id: number }) => a.kind === b.kind && a.id === b.id;
  return same(one.product, other.product) && same(one.seller, other.seller);
}

/** What a scope comes to at `at`: its campaign, else its newest base version, unless that one ends the rate. */
function rateOfScope(state: State, scope: Rate, at: number): Rate | null {
  const holding = state.rates.filter((rate) => isSameScope(rate, scope) && holdsAt(rate, at));
  const newest = holding.sort((a, b) => b.from - a.from);
  const rate = newest.find(({ to }) => to !== null) ?? newest[0];
  return rate === undefined || rate.isEnd ? null : rate;
}

/** R4.2: of the scopes that have a rate, the most specific by product, then by seller; null: none covers it. */
export function rateFor(state: State, sku: number, guide: number, of: GuideState, at: number): Rate | null {
  const covering = state.rates.flatMap((rate) => {
    const product = productRank(rate.product, sku);
    const seller = sellerRank(rate.seller, guide, of);
    const isRate = product !== null && seller !== null && rateOfScope(state, rate, at) === rate;
    return isRate ? [{ rate, product, seller }] : [];
  });
  return covering.sort((a, b) => a.product - b.product || a.seller - b.seller)[0]?.rate ?? null;
}

/** R4.3: two versions of one scope with one beginning are refused, and campaigns of one scope that overlap. */
export function publishRate(state: State, step: RateStep): StepOutcome {
  const { rate: label, product, seller, guideBps, storeBps } = step;
  if (seller.kind === 'guide' && personOf(state, seller.id).guide === null) return 'absent';
  const from = state.now + step.inMs;
  const to = step.lengthMs === null ? null : from + step.lengthMs;
  const scope = state.rates.filter((rate) => isSameScope(rate, { product, seller }));
  const collides = scope.some((other) => {
    if ((other.to === null) !== (to === null)) return false;
    const overlaps = to !== null && other.from < endOf(other) && other.from < to && endOf(other) > from;
    return other.from === from || overlaps;
  });
  if (collides) return 'refused';
  state.rates.push({ label, product, seller, guideBps, storeBps, from, to, stoppedAt: null, isEnd: false });
  return 'done';
}

/** R4.3: an end is a version too. A campaign, or what has not begun, is stopped. */
export function endRate(state: State, { rate: label, inMs }: { rate: number; inMs: number }): StepOutcome {
  const rate = state.rates.find((one) => one.label === label);
  if (rate === undefined) return 'absent';
  const at = state.now + inMs;
  if (endOf(rate) <= at) return 'refused';
  const scope = state.rates.filter((other) => isSameScope(other, rate));
  if (rate.to !== null || at <= rate.from) {
    // The mall tells two stops of one scope apart by their instants: HQ would try again a moment later.
    if (scope.some(({ stoppedAt }) => stoppedAt === at)) return 'absent';
    rate.stoppedAt = at;
    return 'done';
  }
  const bases = scope.filter((other) => other.to === null && other !== rate);
  const isReplaced = bases.some(
    ({ from, stoppedAt }) => from > rate.from && from <= at && (stoppedAt === null || stoppedAt > at),
  );
  if (isReplaced || bases.some(({ from }) => from === at)) return 'refused';
  const { product, seller } = rate;
  state.rates.push({
    label: -1,
    product,
    seller,
    guideBps: 0,
    storeBps: 0,
    from: at,
    to: null,
    stoppedAt: null,
    isEnd: true,
  });
  return 'done';
}
