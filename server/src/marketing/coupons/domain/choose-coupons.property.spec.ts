import { CouponKind } from '@mall/shared/coupons';
import { bps, type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import type { Freight } from './choose-coupons.js';
import type { CouponLine, HeldCoupon } from './coupon-offer.js';
import { priceWithCoupons } from './price-with-coupons.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };
const NOW = 1_000_000;
const BRANDS = ['north', 'south'];

const lines: fc.Arbitrary<CouponLine[]> = fc.array(
  fc.record({
    skuId: fc.constantFrom('s1', 's2', 's3'),
    productId: fc.constantFrom('p1', 'p2'),
    categoryId: fc.constantFrom('c1', 'c2', null),
    categoryPath: fc.constantFrom([], ['root', 'c1'], ['c2']),
    brandId: fc.constantFrom(...BRANDS),
    goodsFen: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 50_000 })).map(fen),
  }),
  { minLength: 1, maxLength: 4 },
);

const small = fc.oneof(fc.constantFrom(0, 1, 500, 3_000), fc.integer({ min: 0, max: 20_000 }));
const held: fc.Arbitrary<HeldCoupon> = fc
  .record({
    id: fc.integer({ min: 0, max: 1_000_000 }).map((n) => `cpn_${n}`),
    kind: fc.constantFrom(CouponKind.AmountOff, CouponKind.PercentOff, CouponKind.FreeFreight, CouponKind.Gift),
    threshold: small,
    discount: small.map((n) => n + 1),
    rate: fc.integer({ min: 1, max: 10_000 }),
    cap: fc.option(small.map((n) => n + 1)),
    scope: fc.constantFrom(
      ['any', null],
      ['brand', 'north'],
      ['product', 'p1'],
      ['category', 'c1'],
      ['category', 'root'],
    ),
    state: fc.constantFrom('issued', 'issued', 'issued', 'locked'),
    startsAt: fc.constantFrom(NOW - 5, NOW, NOW + 1),
    expiresAt: fc.constantFrom(NOW, NOW + 1, NOW + 2, NOW + 3),
    giftFen: fc.constantFrom(1, 500, 4_000),
    lacks: fc.constantFrom(null, null, null, '赠品已送完'),
  })
  .map(({ id, kind, threshold, discount, rate, cap, scope, state, startsAt, expiresAt, giftFen, lacks }) => ({
    id,
    templateId: 'cpt_1',
    name: id,
    kind,
    thresholdFen: fen(threshold),
    discountFen: kind === CouponKind.AmountOff ? fen(discount) : null,
    rateBps: kind === CouponKind.PercentOff ? bps(rate) : null,
    capFen: kind === CouponKind.AmountOff || kind === CouponKind.Gift || cap === null ? null : fen(cap),
    scopeKind: scope[0] as HeldCoupon['scopeKind'],
    scopeId: scope[1] as string | null,
    state,
    startsAt,
    expiresAt,
    giftSkuId: kind === CouponKind.Gift ? 's3' : null,
    giftQuantity: kind === CouponKind.Gift ? 1 : null,
    sourceGuideId: null,
    gift: kind === CouponKind.Gift ? { skuId: 's3', title: '袜', quantity: 1, valueFen: fen(giftFen), lacks } : null,
  }));
const purse = fc.uniqueArray(held, { maxLength: 6, selector: (coupon) => coupon.id });

const freight: fc.Arbitrary<Freight> = fc.oneof(
  fc.constant(null),
  small.map(fen),
  fc.tuple(small, small).map(
    ([amount, freeFrom]) =>
      (goods: Fen) =>
        fen(goods >= freeFrom ? 0 : amount),
  ),
);

/** The rules again, written another way: null when the coupon cannot be used. */
function takesOff(coupon: HeldCoupon, basket: readonly CouponLine[], freightFen: number | null): number | null {
  if (coupon.state !== 'issued' || coupon.startsAt > NOW || coupon.expiresAt <= NOW) return null;
  const reach = {
    any: () => true,
    brand: (line: CouponLine) => line.brandId === coupon.scopeId,
    product: (line: CouponLine) => line.productId === coupon.scopeId,
    category: (line: CouponLine) => [line.categoryId, ...line.categoryPath].includes(coupon.scopeId),
  }[coupon.scopeKind];
  const inScope = basket.filter(reach);
  const goods = inScope.reduce((sum, line) => sum + line.goodsFen, 0);
  if (inScope.length === 0 || goods < coupon.thresholdFen) return null;
  if (coupon.kind === CouponKind.FreeFreight) {
    return freightFen ? Math.min(freightFen, coupon.capFen ?? freightFen) : null;
  }
  if (coupon.kind === CouponKind.Gift) return coupon.gift?.lacks === null ? 0 : null;
  const wanted =
    coupon.kind === CouponKind.AmountOff
      ? (coupon.discountFen ?? 0)
      : Math.min(Math.floor((goods * (coupon.rateBps ?? 0)) / 10_000), coupon.capFen ?? goods);
  return Math.min(wanted, goods) || null;
}

/** What is to be paid with this set of coupons; null: the set is not legal. */
function toPay(set: readonly HeldCoupon[], basket: readonly CouponLine[], rule: Freight): number | null {
  const goodsCoupons = set.filter((coupon) => coupon.kind !== CouponKind.FreeFreight);
  const freightCoupons = set.filter((coupon) => coupon.kind === CouponKind.FreeFreight);
  if (goodsCoupons.length > 1 || freightCoupons.length > 1) return null;
  let goods = basket.reduce((sum, line) => sum + line.goodsFen, 0);
  for (const coupon of goodsCoupons) {
    const off = takesOff(coupon, basket, null);
    if (off === null) return null;
    goods -= off;
  }
  const charged = typeof rule === 'function' ? rule(fen(goods)) : rule;
  let shipping: number = charged ?? 0;
  for (const coupon of freightCoupons) {
    const off = takesOff(coupon, basket, charged);
    if (off === null) return null;
    shipping -= off;
  }
  return goods + shipping;
}

function subsets<T>(all: readonly T[]): T[][] {
  const sets: T[][] = [[]];
  for (const one of all) sets.push(...sets.map((set) => [...set, one]));
  return sets;
}

/** What the gift of a set is worth. */
const giftIn = (set: readonly HeldCoupon[]): number => set.reduce((sum, { gift }) => sum + (gift?.valueFen ?? 0), 0);

const paid = (basket: readonly CouponLine[], priced: ReturnType<typeof priceWithCoupons>): number =>
  basket.reduce((sum, line) => sum + line.goodsFen, 0) -
  priced.perLineDiscountFen.reduce((sum, part) => sum + part, 0) +
  (priced.freightFen ?? 0) -
  priced.freightDiscountFen;

describe('the best legal set of coupons (R6.2)', () => {
  it('leaves no better legal set: brute force over all subsets finds none', () => {
    let withTwo = 0;
    fc.assert(
      fc.property(purse, lines, freight, (coupons, basket, rule) => {
        const priced = priceWithCoupons(coupons, basket, rule, NOW);
        const legal = subsets(coupons).flatMap((set) => toPay(set, basket, rule) ?? []);
        expect(paid(basket, priced)).toBe(Math.min(...legal));
        const chosen = coupons.filter((coupon) => priced.appliedCouponIds.includes(coupon.id));
        expect(toPay(chosen, basket, rule)).toBe(Math.min(...legal));
        if (chosen.length === 2) withTwo += 1;
      }),
    );
    // The generator reaches the interesting case, a goods coupon beside a freight coupon.
    expect(withTwo).toBeGreaterThan(RUNS.numRuns / 200);
  });

  it('does not depend on the order in which she holds them', () => {
    fc.assert(
      fc.property(purse, lines, freight, (coupons, basket, rule) => {
        const there = priceWithCoupons(coupons, basket, rule, NOW);
        const back = priceWithCoupons([...coupons].reverse(), basket, rule, NOW);
        expect(back.appliedCouponIds).toEqual(there.appliedCouponIds);
        expect(back.perLineDiscountFen).toEqual(there.perLineDiscountFen);
      }),
    );
  });

  it('spends no coupon for nothing, and of equal ones the one that expires first', () => {
    fc.assert(
      fc.property(purse, lines, freight, (coupons, basket, rule) => {
        const priced = priceWithCoupons(coupons, basket, rule, NOW);
        const best = paid(basket, priced);
        const size = priced.appliedCouponIds.length;
        const gift = giftIn(coupons.filter((coupon) => priced.appliedCouponIds.includes(coupon.id)));
        const equal = subsets(coupons).filter((set) => toPay(set, basket, rule) === best && giftIn(set) === gift);
        expect(size).toBe(Math.min(...equal.map((set) => set.length)));
        if (size !== 1) return;
        const rivals = equal.filter((set) => set.length === 1).flat();
        const chosen = rivals.find((coupon) => coupon.id === priced.appliedCouponIds[0]);
        const kind = (coupon: HeldCoupon) => coupon.kind === CouponKind.FreeFreight;
        const sameKind = rivals.filter((coupon) => chosen && kind(coupon) === kind(chosen));
        expect(chosen?.expiresAt).toBe(Math.min(...sameKind.map((coupon) => coupon.expiresAt)));
      }),
    );
  });

  it('gives the dearest gift that displaces no money, and none that does', () => {
    let given = 0;
    fc.assert(
      fc.property(purse, lines, freight, (coupons, basket, rule) => {
        const priced = priceWithCoupons(coupons, basket, rule, NOW);
        const best = subsets(coupons).filter((set) => toPay(set, basket, rule) === paid(basket, priced));
        const values = priced.gifts.map(({ valueFen }): number => valueFen);
        expect(values.reduce((sum, value) => sum + value, 0)).toBe(Math.max(...best.map(giftIn)));
        expect(values.length).toBeLessThanOrEqual(1);
        given += values.length;
      }),
    );
    expect(given).toBeGreaterThan(RUNS.numRuns / 100);
  });

  it('R1.2: the parts of the lines sum to the discounts and never pass their lines', () => {
    fc.assert(
      fc.property(purse, lines, freight, (coupons, basket, rule) => {
        const { perLineDiscountFen, discounts, freightFen, freightDiscountFen } = priceWithCoupons(
          coupons,
          basket,
          rule,
          NOW,
        );
        const sum = perLineDiscountFen.reduce<number>((all, part) => all + part, 0);
        expect(sum).toBe(discounts.reduce<number>((all, discount) => all + discount.amountFen, 0));
        perLineDiscountFen.forEach((part, index) => {
          expect(part).toBeGreaterThanOrEqual(0);
          expect(part).toBeLessThanOrEqual(basket[index]?.goodsFen ?? -1);
        });
        expect(freightDiscountFen).toBeLessThanOrEqual(freightFen ?? 0);
      }),
    );
  });

  it('gives no more when she chooses by herself', () => {
    fc.assert(
      fc.property(purse, lines, freight, fc.integer({ min: 0, max: 63 }), (coupons, basket, rule, mask) => {
        const ids = coupons.filter((_, index) => (mask >> index) & 1).map((coupon) => coupon.id);
        const own = priceWithCoupons(coupons, basket, rule, NOW, ids);
        expect(paid(basket, own)).toBeGreaterThanOrEqual(paid(basket, priceWithCoupons(coupons, basket, rule, NOW)));
        expect(own.refused === undefined).toBe(own.appliedCouponIds.length === ids.length);
      }),
    );
  });
});
