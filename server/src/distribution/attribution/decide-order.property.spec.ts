import fc from 'fast-check';
import { decideOrder } from './decide-order.js';
import {
  type AttributionEvidence,
  type BindingFact,
  type GuideFact,
  type HoldingOrderFact,
  readEvidence,
  type StatusFact,
  type TouchFact,
} from './domain/attribution-evidence.js';
import { candidatesOf } from './domain/candidates-of.js';
import type { AttributionDecision } from './domain/decide-attribution.js';
import { DAY, ORDERED_AT } from './evidence-for-tests.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };

const GUIDES = ['A', 'B', 'C', 'D', 'H'];
/** Few stores, so that guides are colleagues often. */
const STORES = ['s1', 's2', 's3'];
/** Half-days around the order, so that equal times and window ends are met often. */
const time = fc.integer({ min: -24, max: 2 }).map((halves) => ORDERED_AT + (halves * DAY) / 2);
const guideId = fc.constantFrom(...GUIDES);
const status = fc.constantFrom<StatusFact['status']>('active', 'active', 'active', 'suspended', 'left');
const changes: fc.Arbitrary<StatusFact[]> = fc
  .array(fc.record({ status, at: time }), { maxLength: 2 })
  .map((later) => [{ status: 'active' as const, at: 1 }, ...later.sort((a, b) => a.at - b.at)]);

const guideFact = (id: string): fc.Arbitrary<GuideFact> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant(`导购${id}`),
    storeId: fc.constantFrom(...STORES),
    storeName: fc.constant('门店'),
    statusChanges: changes,
  });

const touchFact: fc.Arbitrary<Omit<TouchFact, 'id'>> = fc
  .record({
    guideId,
    at: time,
    validity: fc.constantFrom<TouchFact['validity']>('valid', 'valid', 'valid', 'valid', 'unknown', 'revoked', 'own'),
  })
  .map((touch) => (touch.validity === 'unknown' ? { ...touch, guideId: null } : touch));
/** Ids in an order that is not the order of the times. */
const touches = fc
  .array(touchFact, { maxLength: 6 })
  .map((all): TouchFact[] => all.map((touch, index) => ({ ...touch, id: `t${(index * 7) % 10}` })));

const holding: fc.Arbitrary<HoldingOrderFact[]> = fc.array(
  fc
    .record({ orderedAt: time, ended: fc.option(time, { nil: null }) })
    .map(({ orderedAt, ended }) => ({ orderId: `o${orderedAt}`, orderedAt, paidAt: orderedAt, endedAt: ended })),
  { maxLength: 2 },
);
const bindingFact: fc.Arbitrary<BindingFact> = fc
  .record({ guideId, storeId: fc.constantFrom(...STORES), ageDays: fc.integer({ min: 0, max: 100 }), orders: holding })
  .map(({ guideId: bound, storeId, ageDays, orders }) => {
    const since = ORDERED_AT - ageDays * DAY;
    const window = { startsAt: since, protectedUntil: since + 15 * DAY, validUntil: since + 90 * DAY };
    return { id: 'bnd', guideId: bound, storeId, relationSince: since, window, earlier: [], orders };
  });

const coupons = fc
  .array(fc.record({ guideId, lines: fc.uniqueArray(fc.integer({ min: 0, max: 2 }), { maxLength: 3 }) }), {
    maxLength: 2,
  })
  .map((all) => all.map((coupon, index) => ({ ...coupon, couponId: `cpn_${index}` })));

const anyEvidence: fc.Arbitrary<AttributionEvidence> = fc
  .record({
    binding: fc.option(bindingFact, { nil: null }),
    storeType: fc.constantFrom('direct', 'franchise'),
    touches,
    coupons,
    guides: fc.tuple(...GUIDES.map(guideFact)),
    buyerIsGuide: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
    registeredAt: fc.integer({ min: 1, max: 100 }).map((days) => days * DAY),
    selfPurchase: fc.constantFrom<AttributionEvidence['settings']['selfPurchase']>('pays_nobody', 'pays_herself'),
    franchiseTakeover: fc.constantFrom<AttributionEvidence['settings']['franchiseTakeover']>(
      'never',
      'after_protection',
    ),
  })
  .map(({ storeType, buyerIsGuide, registeredAt, selfPurchase, franchiseTakeover, ...facts }) => ({
    ...facts,
    version: 2,
    orderedAt: ORDERED_AT,
    lineCount: 3,
    // Guide H is the buyer; a touch of her own link is hers whatever the generator said.
    touches: facts.touches.map((touch) => (touch.validity === 'own' ? { ...touch, guideId: 'H' } : touch)),
    buyerGuide: buyerIsGuide
      ? { id: 'H', registeredAt, statusChanges: facts.guides.find(({ id }) => id === 'H')?.statusChanges ?? [] }
      : null,
    homeStore: facts.binding?.storeId ? { id: facts.binding.storeId, name: '门店', type: storeType } : null,
    settings: { versionId: 'default', touchWindowDays: 7, selfPurchase, franchiseTakeover },
  }));

/** Jest's own comparison costs more than the decision, ten thousand times over. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const winnerOf = ({ losers: _, assists: __, ...winner }: AttributionDecision) => winner;

/** The evidence as if this candidate had never been one. The store's own claim on its customer is no candidate. */
function without(evidence: AttributionEvidence, loser: AttributionDecision['losers'][number]): AttributionEvidence {
  const { binding } = evidence;
  if (loser.kind === 'binding') return { ...evidence, binding: binding && { ...binding, guideId: null } };
  if (loser.kind === 'touch') return { ...evidence, touches: evidence.touches.filter(({ id }) => id !== loser.id) };
  return { ...evidence, coupons: evidence.coupons.filter(({ couponId }) => couponId !== loser.id) };
}

describe('properties of attribution (R3.6)', () => {
  it('the order of touches, coupons and guides in the input never matters', () => {
    fc.assert(
      fc.property(
        anyEvidence.chain((evidence) =>
          fc.record({
            evidence: fc.constant(evidence),
            touches: fc.shuffledSubarray(evidence.touches, { minLength: evidence.touches.length }),
            coupons: fc.shuffledSubarray(evidence.coupons, { minLength: evidence.coupons.length }),
            guides: fc.shuffledSubarray(evidence.guides, { minLength: evidence.guides.length }),
          }),
        ),
        ({ evidence, ...shuffled }) => same(decideOrder({ ...evidence, ...shuffled }), decideOrder(evidence)),
      ),
      RUNS,
    );
  });

  it('removing any one loser, or all of them, changes neither the winner nor a line', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const decision = decideOrder(evidence);
        const bare = decideOrder(decision.losers.reduce(without, evidence));
        return (
          bare.losers.length === 0 &&
          same(winnerOf(bare), winnerOf(decision)) &&
          decision.losers.every((loser) => same(winnerOf(decideOrder(without(evidence, loser))), winnerOf(decision)))
        );
      }),
      RUNS,
    );
  });

  it('adding an older touch never beats a newer one that wins', () => {
    fc.assert(
      fc.property(anyEvidence, guideId, fc.integer({ min: 0, max: 20 }), (evidence, other, halves) => {
        const decision = decideOrder(evidence);
        const winning = evidence.touches.find(({ id }) => id === decision.touchId);
        fc.pre(winning !== undefined);
        if (winning === undefined) return false;
        // As old or older; at an equal time the smaller id is the older one.
        const older: TouchFact = { id: 't', guideId: other, at: winning.at - (halves * DAY) / 2, validity: 'valid' };
        const more = decideOrder({ ...evidence, touches: [...evidence.touches, older] });
        return same(winnerOf(more), winnerOf(decision)) && more.losers.some(({ id }) => id === 't');
      }),
      RUNS,
    );
  });

  it('deciding again from the evidence, written and read, gives the same in every part (R3.4)', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) =>
        same(decideOrder(readEvidence(JSON.stringify(evidence))), decideOrder(evidence)),
      ),
      RUNS,
    );
  });

  it('D14: the self-purchase setting changes no order of anybody else, and takes nothing from another guide', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const under = (selfPurchase: 'pays_nobody' | 'pays_herself') =>
          decideOrder({ ...evidence, settings: { ...evidence.settings, selfPurchase } });
        const [nobody, herself] = [under('pays_nobody'), under('pays_herself')];
        if (evidence.buyerGuide === null) return same(herself, nobody);
        // Who had left by then is a customer, and her old links win for nobody: H is paid by no order of her own.
        if (nobody.lines.some(({ guideId: payee }) => payee === 'H')) return false;
        return herself.lines.every((line, index) => {
          const before = nobody.lines[index];
          // What was somebody's stays hers; what was nobody's is nobody's, or the buyer's own.
          return same(line, before) || (before?.guideId === null && line.guideId === evidence.buyerGuide?.id);
        });
      }),
      RUNS,
    );
  });

  it('R3.2, R3.3: whoever is paid was in service at the order, and every candidate either won or has a reason', () => {
    fc.assert(
      fc.property(anyEvidence, (evidence) => {
        const decision = decideOrder(evidence);
        const payees = [decision, ...decision.lines].flatMap(({ guideId: payee }) => payee ?? []);
        const inService = (payee: string): boolean =>
          evidence.guides
            .find(({ id }) => id === payee)
            ?.statusChanges.filter(({ at }) => at <= ORDERED_AT)
            .at(-1)?.status === 'active';
        const lost = new Set(decision.losers.map(({ id }) => id));
        const { binding } = evidence;
        const assisting = candidatesOf(decision).filter(({ isAssist }) => isAssist === 1);
        return (
          payees.every(inService) &&
          evidence.touches.every(({ id }) => lost.has(id) === (id !== decision.touchId)) &&
          evidence.coupons.every(
            ({ couponId, guideId: owner, lines }) =>
              lost.has(couponId) || lines.some((line) => decision.lines[line]?.guideId === owner),
          ) &&
          (binding === null || lost.has(binding.id) === (binding.id !== decision.bindingId)) &&
          same(
            assisting.map(({ guideId: id }) => id),
            decision.assists,
          )
        );
      }),
      RUNS,
    );
  });
});
