import fc from 'fast-check';
import type { Seller, SoldThing } from './rate-scope.js';
import { explainRate, type RateRule, resolveRate, rulesInForce } from './resolve-rate.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };

/** Throws rather than expects: tens of thousands of expectations cost more than what they look at. */
function agree(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
  }
}

const THINGS: SoldThing[] = [
  { skuId: 'k1', productId: 'p1', categoryPath: ['c1', 'c2', 'c3'], brandId: 'b1' },
  { skuId: 'k2', productId: 'p1', categoryPath: ['c1', 'c2'], brandId: 'b1' },
  { skuId: 'k3', productId: 'p2', categoryPath: [], brandId: 'b2' },
];
const SELLERS: Seller[] = [
  { guideId: 'g1', tier: 't1', storeId: 's1', storeType: 'direct' },
  { guideId: 'g2', tier: 't2', storeId: 's2', storeType: 'franchise' },
];
const PRODUCT_SCOPES = ['sku:k1', 'product:p1', 'category:c1', 'category:c2', 'category:c3', 'brand:b1', 'any:'];
const SELLER_SCOPES = ['guide:g1', 'tier:t1', 'store:s1', 'store_type:direct', 'any:'];

interface Made {
  product: string;
  seller: string;
  kind: 'base' | 'base' | 'end' | 'campaign' | 'stop';
  from: number;
  length: number;
  byStore: string | null;
  stops: number;
  guideBps: number;
  storeBps: number;
  poolBps: number | null;
  isLocked: number;
  band: [number, number] | null;
}

const made = fc.record<Made>({
  product: fc.constantFrom(...PRODUCT_SCOPES),
  seller: fc.constantFrom(...SELLER_SCOPES),
  kind: fc.constantFrom('base', 'base', 'end', 'campaign', 'stop'),
  from: fc.integer({ min: 0, max: 30 }),
  length: fc.integer({ min: 1, max: 12 }),
  byStore: fc.constantFrom(null, null, 's1', 's1', 's2'),
  stops: fc.nat(30),
  guideBps: fc.nat(20),
  storeBps: fc.constantFrom(0, 0, 0, 1),
  poolBps: fc.constantFrom(null, null, null, 15),
  isLocked: fc.constantFrom(0, 0, 0, 1),
  band: fc.option(fc.tuple(fc.nat(8), fc.integer({ min: 8, max: 20 }))),
});

/** Rules as they can stand in the book: in one scope no two of a series begin together, and stops name what is there. */
function rulesOf(list: readonly Made[]): RateRule[] {
  const rules: RateRule[] = [];
  for (const [index, { product, seller, kind, from, length, byStore, stops, band, ...numbers }] of list.entries()) {
    const [productScopeKind = '', productScopeId = ''] = product.split(':');
    const [sellerScopeKind = '', sellerScopeId = ''] = seller.split(':');
    const series = kind === 'end' ? 'base' : kind;
    const rule: RateRule = {
      // Ids in no order of time: nothing may lean on them.
      id: `r${(index * 37) % 101}`,
      productScopeKind,
      productScopeId,
      sellerScopeKind,
      sellerScopeId,
      ...numbers,
      bandMinBps: band?.[0] ?? null,
      bandMaxBps: band?.[1] ?? null,
      series,
      isEnd: kind === 'end' ? 1 : 0,
      effectiveFrom: from,
      effectiveTo: kind === 'campaign' ? from + length : null,
      stopsRuleId: null,
      authorStoreId: byStore,
    };
    const same = rules.filter((other) => keyOf(other) === keyOf(rule));
    if (same.some((other) => other.series === series && other.effectiveFrom === from)) continue;
    if (kind === 'stop') {
      const stoppable = same.filter((other) => other.series !== 'stop');
      const stopped = stoppable[stops % Math.max(1, stoppable.length)];
      if (stopped === undefined) continue;
      rule.stopsRuleId = stopped.id;
    }
    rules.push(rule);
  }
  return rules;
}

function keyOf(rule: RateRule): string {
  return [rule.productScopeKind, rule.productScopeId, rule.sellerScopeKind, rule.sellerScopeId].join();
}

/** R4.3: whether HQ's rule for the sale, if any, lets the seller's store have this rate of its own. */
function naiveAllows(hq: RateRule | null, rule: RateRule, seller: Seller): boolean {
  if (rule.authorStoreId !== seller.storeId) return false;
  if (seller.storeType === 'franchise' && hq?.isLocked === 1) return false;
  const bound = hq?.bandMinBps ?? null;
  if (seller.storeType === 'direct' && bound === null) return false;
  if (bound !== null && (rule.guideBps < bound || rule.guideBps > (hq?.bandMaxBps ?? 0))) return false;
  if (rule.storeBps > (hq?.storeBps ?? 0)) return false;
  return rule.guideBps + rule.storeBps <= (hq?.poolBps ?? Number.POSITIVE_INFINITY);
}

/** Written from R4.2 and R4.3 alone: first what HQ's rules say by themselves, then whose store's rates that lets in. */
function naive(rules: readonly RateRule[], thing: SoldThing, seller: Seller, at: number): RateRule | null {
  const isOf =
    (...authors: (string | null)[]) =>
    (rule: RateRule) =>
      rule.series === 'stop' || authors.includes(rule.authorStoreId);
  const hqs = rules.filter(isOf(null));
  const governing = naiveWalk(hqs, thing, seller, at);
  const own = rules.filter(isOf(null, seller.storeId));
  return naiveWalk(
    own,
    thing,
    seller,
    at,
    (rule) => rule.authorStoreId === null || naiveAllows(governing, rule, seller),
  );
}

/** Asks the scopes one by one, from the most to the least specific. */
function naiveWalk(
  rules: readonly RateRule[],
  thing: SoldThing,
  seller: Seller,
  at: number,
  allows: (rule: RateRule) => boolean = () => true,
): RateRule | null {
  const products = [
    `sku:${thing.skuId}`,
    `product:${thing.productId}`,
    ...[...thing.categoryPath].reverse().map((id) => `category:${id}`),
    `brand:${thing.brandId}`,
    'any:',
  ];
  const sellers = [
    `guide:${seller.guideId}`,
    `tier:${seller.tier}`,
    `store:${seller.storeId}`,
    `store_type:${seller.storeType}`,
    'any:',
  ];
  for (const product of products) {
    for (const sold of sellers) {
      const scope = rules.filter(
        (rule) =>
          `${rule.productScopeKind}:${rule.productScopeId}` === product &&
          `${rule.sellerScopeKind}:${rule.sellerScopeId}` === sold,
      );
      const rate = naiveScope(scope, at, allows);
      if (rate !== null) return rate;
    }
  }
  return null;
}

function naiveScope(
  scope: readonly RateRule[],
  at: number,
  allows: (rule: RateRule) => boolean = () => true,
): RateRule | null {
  const stopped = new Set(
    scope.filter((rule) => rule.series === 'stop' && rule.effectiveFrom <= at).map((rule) => rule.stopsRuleId),
  );
  const newestOf = (list: readonly RateRule[]): RateRule | null => {
    let newest: RateRule | null = null;
    for (const rule of list) if (newest === null || rule.effectiveFrom > newest.effectiveFrom) newest = rule;
    return newest;
  };
  const begun = scope.filter((rule) => rule.effectiveFrom <= at && !stopped.has(rule.id));
  const campaign = newestOf(
    begun.filter((rule) => rule.series === 'campaign' && at < (rule.effectiveTo ?? 0) && allows(rule)),
  );
  if (campaign !== null) return campaign;
  const bases = begun.filter((rule) => rule.series === 'base');
  let base = newestOf(bases);
  if (base !== null && base.authorStoreId !== null && (base.isEnd === 1 || !allows(base)))
    base = newestOf(bases.filter((rule) => rule.authorStoreId === null));
  return base?.isEnd === 1 ? null : base;
}

const question = fc.record({
  list: fc.array(made, { maxLength: 30 }),
  thing: fc.constantFrom(...THINGS),
  seller: fc.constantFrom(...SELLERS),
  at: fc.integer({ min: 0, max: 40 }),
});

describe('rate resolution (R4.2, R4.3)', () => {
  it('equals a naive reference that asks the scopes one by one', () => {
    const branches = { campaign: 0, base: 0, none: 0 };
    const stores = { held: 0, refused: 0 };
    fc.assert(
      fc.property(question, ({ list, thing, seller, at }) => {
        const rules = rulesOf(list);
        const expected = naive(rules, thing, seller, at);
        branches[expected === null ? 'none' : expected.series === 'campaign' ? 'campaign' : 'base'] += 1;
        agree(resolveRate(rules, thing, seller, at)?.id, expected?.id);
        if (expected?.authorStoreId) stores.held += 1;
        if (naiveWalk(rules, thing, seller, at)?.authorStoreId && !expected?.authorStoreId) stores.refused += 1;
      }),
      RUNS,
    );
    for (const times of Object.values(branches)) expect(times).toBeGreaterThan(RUNS.numRuns / 200);
    for (const times of Object.values(stores)) expect(times).toBeGreaterThan(RUNS.numRuns / 400);
  });

  it('never depends on the order of the rules', () => {
    fc.assert(
      fc.property(
        question,
        fc.array(fc.nat(), { minLength: 30, maxLength: 30 }),
        ({ list, thing, seller, at }, keys) => {
          const rules = rulesOf(list);
          const shuffled = rules
            .map((rule, index) => ({ rule, key: keys[index] ?? 0 }))
            .sort((a, b) => a.key - b.key)
            .map(({ rule }) => rule);
          agree(resolveRate(shuffled, thing, seller, at)?.id, resolveRate(rules, thing, seller, at)?.id);
        },
      ),
      RUNS,
    );
  });

  it('explains the same winner, and names every other rule in force that covers the sale once', () => {
    fc.assert(
      fc.property(question, ({ list, thing, seller, at }) => {
        const rules = rulesOf(list);
        const { rule, losers } = explainRate(rules, thing, seller, at);
        agree(rule?.id, naive(rules, thing, seller, at)?.id);
        const covering = rules.filter((each) => {
          const alone = rules.filter(({ id, stopsRuleId }) => id === each.id || stopsRuleId === each.id);
          return naiveWalk(alone, thing, seller, at) === each;
        });
        const named = [...losers.map((loser) => loser.rule.id), ...(rule === null ? [] : [rule.id])];
        agree(named.sort(), covering.map(({ id }) => id).sort());
      }),
      RUNS,
    );
  });

  it('gives each scope the rate that it has by itself', () => {
    fc.assert(
      fc.property(fc.array(made, { maxLength: 30 }), fc.integer({ min: 0, max: 40 }), (list, at) => {
        const rules = rulesOf(list);
        const scopes = [...new Set(rules.map(keyOf))];
        const expected = scopes.flatMap(
          (key) =>
            naiveScope(
              rules.filter((rule) => keyOf(rule) === key),
              at,
            )?.id ?? [],
        );
        const found = rulesInForce(rules, at).map(({ id }) => id);
        agree(found.sort(), expected.sort());
      }),
      RUNS,
    );
  });
});
