/**
 * R4.2, R4.3: which rate rule applies. The most specific product scope wins, then the most specific seller scope; within
 * one scope a campaign in force beats the base rate, and the newest version in force is the base rate. What a store's
 * manager made counts only while HQ's own rule for the same goods and seller would let her make it.
 */
import { type GoverningRule, judgeStoreRule, type StoreRuleRefusal } from './judge-store-rule.js';
import {
  productDistance,
  type ScopedRule,
  type Seller,
  type SoldThing,
  scopeKey,
  sellerDistance,
} from './rate-scope.js';

export interface RateRule extends ScopedRule, GoverningRule {
  guideBps: number;
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

/**
 * The one rate of each scope at `at`, in no particular order. Takes all versions of the scopes, stops included. Whether
 * HQ's locks and bands let a store's rate count depends on goods and seller, and is not looked at here.
 */
export function rulesInForce<R extends RateRule>(rules: readonly R[], at: number): R[] {
  const scopes = new Map<string, R[]>();
  for (const rule of standingAt(rules, at)) {
    const key = scopeKey(rule);
    const same = scopes.get(key);
    if (same === undefined) scopes.set(key, [rule]);
    else same.push(rule);
  }
  return [...scopes.values()].flatMap((same) => rateOfScope(same.sort(byPrecedence), () => false) ?? []);
}

/**
 * What one scope's standing rules, newest first, come to; null: the scope has no rate. An end by HQ ends the base rate of
 * the scope; an end by a store, and a version of hers that is refused, leave what HQ had set there: what she replaced
 * herself does not come back.
 */
function rateOfScope<R extends RateRule>(standing: readonly R[], isRefused: (rule: R) => boolean): R | null {
  const [first, ...rest] = standing;
  if (first === undefined) return null;
  if (first.isEnd === 0 && !isRefused(first)) return first;
  if (first.series === 'campaign') return rateOfScope(rest, isRefused);
  if (first.authorStoreId === null) return null;
  return rateOfScope(
    standing.filter(({ authorStoreId }) => authorStoreId === null),
    isRefused,
  );
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

/** Why a store's rule does not count for this seller now; `by` is HQ's rule, or the rule itself where HQ has none. */
interface Refusal<R> {
  reason: Loss;
  by: R;
}

type Judge<R> = (rule: R) => Refusal<R> | null;

const REFUSALS: Record<StoreRuleRefusal['refusal'], Loss> = {
  locked: 'locked',
  'no-band': 'no_band',
  'outside-band': 'outside_band',
  'store-share': 'store_share',
  'over-pool': 'over_pool',
};

/** Judges stores' rules by the rule that would hold if HQ's were the only ones. */
function judgeBy<R extends RateRule>(covering: readonly Placed<R>[], seller: Seller, unjudgedId: string): Judge<R> {
  const hqs = byScope(covering.filter(({ rule }) => rule.authorStoreId === null));
  let governing: R | null = null;
  for (const group of hqs) {
    governing ??= rateOfScope(
      group.map(({ rule }) => rule),
      () => false,
    );
  }
  return (rule) => {
    if (rule.authorStoreId === null || rule.id === unjudgedId) return null;
    if (rule.authorStoreId !== seller.storeId) return { reason: 'other_store', by: rule };
    const refusal = judgeStoreRule(governing, { ...rule, storeType: seller.storeType });
    return refusal && { reason: REFUSALS[refusal.refusal], by: governing ?? rule };
  };
}

/** What a scope comes to for this seller: other stores' versions and ends are none of hers. */
function rateFor<R extends RateRule>(group: readonly Placed<R>[], judge: Judge<R>): R | null {
  const own = group.map(({ rule }) => rule).filter((rule) => judge(rule)?.reason !== 'other_store');
  return rateOfScope(own, (rule) => judge(rule) !== null);
}

/**
 * The rule in force at `at` for this thing and seller; null when none covers them. The order of `rules` is no matter.
 * The rule called `unjudgedId` counts whatever HQ's locks and bands say: a draft that was judged as it was written.
 */
export function resolveRate<R extends RateRule>(
  rules: readonly R[],
  thing: SoldThing,
  seller: Seller,
  at: number,
  unjudgedId = '',
): R | null {
  const covering = placed(rules, thing, seller, at);
  const judge = judgeBy(covering, seller, unjudgedId);
  for (const group of byScope(covering)) {
    const won = rateFor(group, judge);
    if (won !== null) return won;
  }
  return null;
}

export type Loss =
  | 'product'
  | 'seller'
  | 'campaign'
  | 'newer'
  | 'ended'
  | 'locked'
  | 'no_band'
  | 'outside_band'
  | 'store_share'
  | 'over_pool'
  | 'other_store';

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
  const covering = placed(rules, thing, seller, at);
  const judge = judgeBy(covering, seller, '');
  let won: Placed<R> | null = null;
  for (const group of byScope(covering)) {
    const own = rateFor(group, judge);
    for (const { rule, product } of group) {
      if (rule.isEnd === 1 || (won === null && rule === own)) continue;
      if (won === null) losers.push({ rule, ...(judge(rule) ?? lossWithin(group, rule, own, judge)) });
      else losers.push({ rule, reason: product === won.product ? 'seller' : 'product', by: won.rule });
    }
    won ??= group.find(({ rule }) => rule === own) ?? null;
  }
  return { rule: won?.rule ?? null, losers };
}

/** Why a rule that nobody refuses is not what its own scope came to. */
function lossWithin<R extends RateRule>(
  group: readonly Placed<R>[],
  rule: R,
  own: R | null,
  judge: Judge<R>,
): { reason: Loss; by: R } {
  if (own?.series === 'campaign' && rule.series === 'base') return { reason: 'campaign', by: own };
  if (own !== null && own.effectiveFrom > rule.effectiveFrom) return { reason: 'newer', by: own };
  // Newer than what holds: an end put it aside, or a version by which its own store had replaced it.
  const aside = group.find(({ rule: each }) => {
    const isLater = each.series === 'base' && each.effectiveFrom > rule.effectiveFrom;
    const mayPutAside = each.authorStoreId === null || each.authorStoreId === rule.authorStoreId;
    return isLater && mayPutAside && (each.isEnd === 1 || judge(each) !== null);
  })?.rule;
  if (aside === undefined) return { reason: 'newer', by: own ?? rule };
  return { reason: aside.isEnd === 1 ? 'ended' : 'newer', by: aside };
}
