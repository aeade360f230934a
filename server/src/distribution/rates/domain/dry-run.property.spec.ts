import { bps, type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import { shareOf } from '../../../platform/money/rate.js';
import { type DraftRate, type DryRunLine, DryRunPricing, DryRunTally } from './dry-run.js';
import type { Seller, SoldThing } from './rate-scope.js';
import { type RateRule, resolveRate } from './resolve-rate.js';
import { splitCommission } from './split-commission.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };
/** Everything was published before the window, so that a draft in force from its start meets what the lines met. */
const START = 100;

/** Throws rather than expects: tens of thousands of expectations cost more than what they look at. */
function agree(actual: unknown, expected: unknown): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${JSON.stringify(actual)} is not ${JSON.stringify(expected)}`);
  }
}

const THINGS: SoldThing[] = [
  { skuId: 'k1', productId: 'p1', categoryPath: ['c1', 'c2'], brandId: 'b1' },
  { skuId: 'k2', productId: 'p2', categoryPath: ['c1'], brandId: 'b1' },
  { skuId: 'k3', productId: 'p3', categoryPath: [], brandId: 'b2' },
];
const SELLERS: Seller[] = [
  { guideId: 'g1', tier: 't1', storeId: 's1', storeType: 'direct' },
  { guideId: 'g2', tier: 't2', storeId: 's2', storeType: 'franchise' },
];

const rate = fc
  .tuple(
    fc.integer({ min: 0, max: 6_000 }),
    fc.integer({ min: 0, max: 4_000 }),
    fc.option(fc.integer({ min: 0, max: 500 })),
  )
  .map(([guideBps, storeBps, more]) => {
    const pool = more === null ? null : Math.min(10_000, guideBps + storeBps + more);
    return { guideBps, storeBps, poolBps: pool };
  });

const ruleShape = fc.record({
  product: fc.constantFrom('sku:k1', 'product:p2', 'category:c1', 'category:c2', 'brand:b1', 'any:'),
  seller: fc.constantFrom('guide:g1', 'tier:t2', 'store:s1', 'store_type:direct', 'any:'),
  campaign: fc.boolean(),
  from: fc.nat(START - 1),
  rate,
});

function ruleOf(
  shape: { product: string; seller: string; campaign: boolean; from: number; rate: object },
  id: string,
): DraftRate {
  const [productScopeKind = '', productScopeId = ''] = shape.product.split(':');
  const [sellerScopeKind = '', sellerScopeId = ''] = shape.seller.split(':');
  return {
    id,
    productScopeKind,
    productScopeId,
    sellerScopeKind,
    sellerScopeId,
    series: shape.campaign ? 'campaign' : 'base',
    isEnd: 0,
    isLocked: 0,
    bandMinBps: null,
    bandMaxBps: null,
    effectiveFrom: shape.from,
    effectiveTo: shape.campaign ? 10_000 : null,
    stopsRuleId: null,
    authorStoreId: null,
    ...(shape.rate as { guideBps: number; storeBps: number; poolBps: number | null }),
  };
}

const lineShape = fc.record({
  thing: fc.constantFrom(...THINGS),
  seller: fc.option(fc.constantFrom(...SELLERS), { freq: 6 }),
  baseFen: fc.integer({ min: 0, max: 3_000_000 }),
  costFen: fc.option(fc.integer({ min: 0, max: 900_000 })),
  quantity: fc.integer({ min: 1, max: 5 }),
  orderedAt: fc.integer({ min: START, max: 999 }),
});

/** What an order of the line would post under these rules: the frozen rate, floored for each payee (R1.3). */
function posted(rules: readonly RateRule[], line: DryRunLine): { guide: Fen; store: Fen } {
  const won = line.seller && resolveRate(rules, line.thing, line.seller, line.orderedAt);
  if (!won) return { guide: fen(0), store: fen(0) };
  return { guide: shareOf(line.baseFen, bps(won.guideBps)), store: shareOf(line.baseFen, bps(won.storeBps)) };
}

/** The book once the draft is published as from the window's start, in place of its predecessors. */
function published(draft: DraftRate, rules: readonly DraftRate[]): DraftRate[] {
  const sameScope = (rule: DraftRate): boolean =>
    rule.productScopeKind === draft.productScopeKind &&
    rule.productScopeId === draft.productScopeId &&
    rule.sellerScopeKind === draft.sellerScopeKind &&
    rule.sellerScopeId === draft.sellerScopeId;
  const others = rules.filter(
    (rule) => !(sameScope(rule) && rule.series === 'campaign' && draft.series === 'campaign'),
  );
  return [...others, { ...draft, effectiveFrom: START, effectiveTo: draft.series === 'campaign' ? 10_000 : null }];
}

const world = fc.record({
  rules: fc.array(ruleShape, { maxLength: 12 }),
  draft: ruleShape,
  lines: fc.array(lineShape, { maxLength: 8 }),
  floorBps: fc.integer({ min: 0, max: 5_000 }),
});

function stage({ rules, draft, lines, floorBps }: typeof world extends fc.Arbitrary<infer W> ? W : never) {
  const book = rules.map((shape, index) => ruleOf(shape, `r${index}`));
  const proposed = ruleOf({ ...draft, from: 2_000 }, 'draft');
  const sold = lines.map((line, index): DryRunLine => {
    const won = line.seller && resolveRate(book, line.thing, line.seller, line.orderedAt);
    const frozen = won ? { guideBps: won.guideBps, storeBps: won.storeBps } : null;
    const money = { baseFen: fen(line.baseFen), costFen: line.costFen === null ? null : fen(line.costFen) };
    return { ...line, ...money, orderLineId: `l${index}`, title: line.thing.productId, frozen };
  });
  const pricing = new DryRunPricing(proposed, book, floorBps);
  return { book, proposed, sold, pricing };
}

describe('dry run of a draft rate (R4.3)', () => {
  it('equals what would then really be posted for the same lines, to the fen', () => {
    let changed = 0;
    fc.assert(
      fc.property(world, (drawn) => {
        const { book, proposed, sold, pricing } = stage(drawn);
        const then = published(proposed, book);
        const tally = new DryRunTally();
        let [before, after] = [0, 0];
        for (const line of sold) {
          const priced = pricing.price(line);
          tally.add(line, priced);
          const [old, fresh] = [posted(book, line), posted(then, line)];
          agree([priced.guideBefore, priced.storeBefore], [old.guide, old.store]);
          agree([priced.guideAfter, priced.storeAfter], [fresh.guide, fresh.store]);
          before += old.guide + old.store;
          after += fresh.guide + fresh.store;
          if (fresh.guide !== old.guide) changed += 1;
        }
        agree(tally.total(), { beforeFen: before, afterFen: after });
      }),
      RUNS,
    );
    expect(changed).toBeGreaterThan(RUNS.numRuns / 50);
  });

  it('adds up to the same total by guide and store as by product', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const { sold, pricing } = stage(drawn);
        const tally = new DryRunTally();
        for (const line of sold) tally.add(line, pricing.price(line));
        const sum = (rows: Iterable<{ beforeFen: Fen; afterFen: Fen }>): [number, number] => {
          const total: [number, number] = [0, 0];
          for (const { beforeFen, afterFen } of rows) {
            total[0] += beforeFen;
            total[1] += afterFen;
          }
          return total;
        };
        const [guides, stores] = [sum(tally.guides.values()), sum(tally.stores.values())];
        const { beforeFen, afterFen } = tally.total();
        agree([guides[0] + stores[0], guides[1] + stores[1]], [beforeFen, afterFen]);
        agree(tally.lines, sold.filter(({ seller }) => seller !== null).length);
      }),
      RUNS,
    );
  });

  it('calls a line a breach exactly when what is left is under the floor, and never passes unknown cost', () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const { proposed, sold, pricing } = stage(drawn);
        for (const line of sold) {
          const { margin } = pricing.price(line);
          if (margin === null) continue;
          const pays = splitCommission(line.baseFen, proposed).poolFen;
          if (line.costFen === null) {
            agree(margin.verdict, pays === 0 ? 'passed' : 'unknown');
            continue;
          }
          const left = line.baseFen - line.costFen * line.quantity - pays;
          agree(margin.verdict === 'breach', pays > 0 && left * 10_000 < drawn.floorBps * line.baseFen);
        }
      }),
      RUNS,
    );
  });
});

describe('split of one line (R4.4)', () => {
  it('parts sum to the pool exactly, the remainder is HQ’s and never a debt', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), rate, (base, of) => {
        const { guideFen, storeFen, hqFen, poolFen } = splitCommission(fen(base), of);
        agree(guideFen + storeFen + hqFen, poolFen);
        agree(hqFen >= 0, true);
        if (of.poolBps !== null) agree(poolFen, shareOf(fen(base), bps(of.poolBps)));
      }),
      RUNS,
    );
  });
});
