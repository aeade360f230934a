/**
 * R4.2, R4.3: which rate rule applies. The most specific product scope wins, then the most specific seller scope; within
 * one scope a campaign in force beats the base rate, and the newest version in force is the base rate.
 */
import {
  productDistance,
  type ScopedRule,
  type Seller,
  type SoldThing,
  scopeKey,
  sellerDistance,
} from './rate-scope.js';

export interface RateRule extends ScopedRule {
  id: string;
  guideBps: number;
  storeBps: number;
  series: 'base' | 'campaign' | 'stop';
  /** 1: from here on the scope has no base rate. */
  isEnd: number;
  /** Business clock, epoch ms, as is the next; in force in [effectiveFrom, effectiveTo). */
  effectiveFrom: number;
  effectiveTo: number | null;
  /** Of a stop: the rule that is not in force from `effectiveFrom` on. */
  stopsRuleId: string | null;
  /** The store whose manager made it; null: HQ. */
  authorStoreId: string | null;
}

/** Where a rule stands among those that cover the goods and the seller: smaller is nearer. */
interface Placed<R> {
  rule: R;
  product: number;
  seller: number;
}

/** When each stopped rule stops: the earliest of its stops. */
function stopsOf(rules: readonly RateRule[]): Map<string, number> {
  const stops = new Map<string, number>();
  for (const { series, stopsRuleId, effectiveFrom } of rules) {
    if (series !== 'stop' || stopsRuleId === null) continue;
    stops.set(stopsRuleId, Math.min(effectiveFrom, stops.get(stopsRuleId) ?? Number.POSITIVE_INFINITY));
  }
  return stops;
}

/** The first instant at which a rule holds no more, by its own end or a stop; null: open. Later versions don't count. */
export function endOf(rule: RateRule, rules: readonly RateRule[]): number | null {
  const end = Math.min(
    rule.effectiveTo ?? Number.POSITIVE_INFINITY,
    stopsOf(rules).get(rule.id) ?? Number.POSITIVE_INFINITY,
  );
  return Number.isFinite(end) ? end : null;
}

/** Those whose own time holds at `at` and that no stop has ended. */
function standingAt<R extends RateRule>(rules: readonly R[], at: number): R[] {
  const holding = rules.filter(
    ({ series, effectiveFrom, effectiveTo }) =>
      series !== 'stop' && effectiveFrom <= at && (effectiveTo === null || effectiveTo > at),
  );
  const stops = stopsOf(rules);
  return holding.filter(({ id }) => (stops.get(id) ?? Number.POSITIVE_INFINITY) > at);
}

/** Campaigns before base versions, then the newest first. */
function byPrecedence(a: RateRule, b: RateRule): number {
  return (
    Number(a.series === 'base') - Number(b.series === 'base') ||
    b.effectiveFrom - a.effectiveFrom ||
    (a.id < b.id ? 1 : -1)
  );
}

/** Every rule in force at `at` that covers both, nearest first: by product, seller, campaign, newest. */
function placed<R extends RateRule>(rules: readonly R[], thing: SoldThing, seller: Seller, at: number): Placed<R>[] {
  const found = standingAt(rules, at).flatMap((rule): Placed<R>[] => {
    const product = productDistance(rule, thing);
    const sold = sellerDistance(rule, seller);
    return product === null || sold === null ? [] : [{ rule, product, seller: sold }];
  });
  return found.sort((a, b) => a.product - b.product || a.seller - b.seller || byPrecedence(a.rule, b.rule));
}

/** The one rate of each scope at `at`, in no particular order. Takes all versions of the scopes, stops included. */
export function rulesInForce<R extends RateRule>(rules: readonly R[], at: number): R[] {
  const scopes = new Map<string, R[]>();
  for (const rule of standingAt(rules, at)) {
    const key = scopeKey(rule);
    const same = scopes.get(key);
    if (same === undefined) scopes.set(key, [rule]);
    else same.push(rule);
  }
  return [...scopes.values()].flatMap((same) => rateOfScope(same.sort(byPrecedence)) ?? []);
}

/**
 * What one scope's standing rules, newest first, come to; null: the scope has no rate. An end by HQ ends the base rate of
 * the scope; an end by a store ends the store's own rates, and what HQ had set there holds again.
 */
function rateOfScope<R extends RateRule>(standing: readonly R[]): R | null {
  const [first] = standing;
  if (first === undefined) return null;
  if (first.series === 'campaign' || first.isEnd === 0) return first;
  if (first.authorStoreId === null) return null;
  return rateOfScope(standing.filter(({ authorStoreId }) => authorStoreId === null));
}

/** Those of one scope stand together; the order of the scopes stays. */
function byScope<R>(nearestFirst: readonly Placed<R>[]): Placed<R>[][] {
  const groups: Placed<R>[][] = [];
  for (const each of nearestFirst) {
    const group = groups.at(-1);
    if (group?.[0]?.product === each.product && group[0].seller === each.seller) group.push(each);
    else groups.push([each]);
  }
  return groups;
}

/** The rule in force at `at` for this thing and seller; null when none covers them. The order of `rules` is no matter. */
export function resolveRate<R extends RateRule>(
  rules: readonly R[],
  thing: SoldThing,
  seller: Seller,
  at: number,
): R | null {
  for (const group of byScope(placed(rules, thing, seller, at))) {
    const won = rateOfScope(group.map(({ rule }) => rule));
    if (won !== null) return won;
  }
  return null;
}

export type Loss = 'product' | 'seller' | 'campaign' | 'newer' | 'ended';

export interface ExplainedRate<R> {
  rule: R | null;
  /** Every other rule in force that covers them, nearest first; `by` is what stood in its way. */
  losers: { rule: R; reason: Loss; by: R }[];
}

/** The winner, and of every other rule in force that covers them why it lost. */
export function explainRate<R extends RateRule>(
  rules: readonly R[],
  thing: SoldThing,
  seller: Seller,
  at: number,
): ExplainedRate<R> {
  const losers: ExplainedRate<R>['losers'] = [];
  let won: Placed<R> | null = null;
  for (const group of byScope(placed(rules, thing, seller, at))) {
    const own = rateOfScope(group.map(({ rule }) => rule));
    for (const { rule, product } of group) {
      if (rule.isEnd === 1 || (won === null && rule === own)) continue;
      if (won === null) losers.push({ rule, ...lossWithin(group, rule, own) });
      else losers.push({ rule, reason: product === won.product ? 'seller' : 'product', by: won.rule });
    }
    won ??= group.find(({ rule }) => rule === own) ?? null;
  }
  return { rule: won?.rule ?? null, losers };
}

/** Why a rule is not what its own scope came to. */
function lossWithin<R extends RateRule>(group: readonly Placed<R>[], rule: R, own: R | null): { reason: Loss; by: R } {
  const end = group.find((each) => each.rule.isEnd === 1)?.rule;
  if (own === null) return { reason: 'ended', by: end ?? rule };
  if (own.series === 'campaign' && rule.series === 'base') return { reason: 'campaign', by: own };
  // Newer than what holds: only a store's end can have put it aside.
  if (end !== undefined && rule.effectiveFrom > own.effectiveFrom) return { reason: 'ended', by: end };
  return { reason: 'newer', by: own };
}
