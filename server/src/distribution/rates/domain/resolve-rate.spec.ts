import type { Seller, SoldThing } from './rate-scope.js';
import { explainRate, type RateRule, resolveRate, rulesInForce } from './resolve-rate.js';

const thing: SoldThing = {
  skuId: 'sku_1',
  productId: 'prd_2',
  categoryPath: ['cat_root', 'cat_leaf'],
  brandId: 'brd_3',
};
const seller: Seller = { guideId: 'gde_4', tier: 'gold', storeId: 'str_5', storeType: 'direct' };

let made = 0;
function rule(
  product: string,
  sold: string,
  guideBps: number,
  effectiveFrom = 100,
  more?: Partial<RateRule>,
): RateRule {
  made += 1;
  const [productScopeKind = '', productScopeId = ''] = product.split(':');
  const [sellerScopeKind = '', sellerScopeId = ''] = sold.split(':');
  return {
    id: `cmr_${made}`,
    productScopeKind,
    productScopeId,
    sellerScopeKind,
    sellerScopeId,
    guideBps,
    storeBps: 0,
    poolBps: null,
    isLocked: 0,
    bandMinBps: null,
    bandMaxBps: null,
    series: 'base',
    isEnd: 0,
    effectiveFrom,
    effectiveTo: null,
    stopsRuleId: null,
    authorStoreId: null,
    ...more,
  };
}

const everywhere = (guideBps: number, effectiveFrom: number, more?: Partial<RateRule>) =>
  rule('any', 'any', guideBps, effectiveFrom, more);
const campaign = (guideBps: number, effectiveFrom: number, effectiveTo: number) =>
  everywhere(guideBps, effectiveFrom, { series: 'campaign', effectiveTo });
const stop = (stopped: RateRule, effectiveFrom: number) =>
  everywhere(0, effectiveFrom, { series: 'stop', stopsRuleId: stopped.id });
const winner = (rules: RateRule[], at = 1_000): number | undefined => resolveRate(rules, thing, seller, at)?.guideBps;

describe('which commission rate applies (R4.2)', () => {
  it('prefers SKU over product over category over brand over any, whatever the seller scope', () => {
    const rules = [
      rule('any', 'guide:gde_4', 11),
      rule('brand:brd_3', 'guide:gde_4', 12),
      rule('category:cat_root', 'guide:gde_4', 13),
      rule('category:cat_leaf', 'guide:gde_4', 14),
      rule('product:prd_2', 'guide:gde_4', 15),
      rule('sku:sku_1', 'any', 16),
    ];
    for (let last = rules.length; last > 0; last -= 1) {
      expect(winner(rules.slice(0, last).reverse())).toBe(10 + last);
    }
  });

  it('then prefers guide over tier over store over store type over any', () => {
    const rules = [
      rule('any', 'any', 21),
      rule('any', 'store_type:direct', 22),
      rule('any', 'store:str_5', 23),
      rule('any', 'tier:gold', 24),
      rule('any', 'guide:gde_4', 25),
    ];
    for (let last = rules.length; last > 0; last -= 1) expect(winner(rules.slice(0, last))).toBe(20 + last);
  });

  it('takes the newest version in force and none that lies ahead (R4.3)', () => {
    const rules = [everywhere(31, 100), everywhere(32, 500), everywhere(33, 900)];
    expect(winner(rules, 99)).toBeUndefined();
    expect(winner(rules, 100)).toBe(31);
    expect(winner(rules, 499)).toBe(31);
    expect(winner(rules, 500)).toBe(32);
    expect(winner(rules, 5_000)).toBe(33);
  });

  it('applies no rule of another product or seller', () => {
    const foreign = [rule('sku:sku_9', 'any', 41), rule('any', 'guide:gde_9', 42), rule('category:cat_9', 'any', 43)];
    expect(winner(foreign)).toBeUndefined();
  });

  it('C21: base 8% from January, 5% from July, campaign 12% from 10 to 20 July', () => {
    const july = (day: number): number => Date.UTC(2026, 6, day) - 8 * 3_600_000;
    const rules = [
      everywhere(800, Date.UTC(2026, 0, 1)),
      everywhere(500, july(1)),
      campaign(1_200, july(10), july(20)),
    ];
    expect(winner(rules, july(1) - 1)).toBe(800);
    expect(winner(rules, july(9))).toBe(500);
    expect(winner(rules, july(10))).toBe(1_200);
    expect(winner(rules, july(20) - 1)).toBe(1_200);
    expect(winner(rules, july(20))).toBe(500);
  });

  it('R4.3: a campaign beats the base rate of its own scope only, also a newer one', () => {
    const rules = [campaign(51, 100, 900), everywhere(52, 500), rule('sku:sku_1', 'any', 53, 700)];
    expect(winner(rules, 600)).toBe(51);
    expect(winner(rules, 700)).toBe(53);
  });

  it('R4.3: an ended scope falls through to the next less specific one, until it gets another version', () => {
    const own = (guideBps: number, from: number, isEnd = 0) => rule('brand:brd_3', 'any', guideBps, from, { isEnd });
    const rules = [everywhere(61, 100), own(62, 200), own(0, 300, 1), own(63, 400)];
    expect([250, 300, 399, 400].map((at) => winner(rules, at))).toEqual([62, 61, 61, 63]);
  });

  it('R4.3: a stop ends a campaign from its own time on, and a version that had not begun altogether', () => {
    const running = campaign(71, 200, 900);
    const ahead = everywhere(72, 600);
    const rules = [everywhere(70, 100), running, ahead, stop(running, 500), stop(ahead, 300)];
    expect([199, 200, 499, 500, 600, 899].map((at) => winner(rules, at))).toEqual([70, 71, 71, 70, 70, 70]);
  });

  it("R4.3: a store's end gives way to what HQ had set in the same scope", () => {
    const by = { authorStoreId: 'str_5' };
    const own = (guideBps: number, from: number, more: Partial<RateRule>) =>
      rule('any', 'store:str_5', guideBps, from, more);
    const rules = [
      everywhere(80, 100),
      own(81, 200, { bandMinBps: 80, bandMaxBps: 90 }),
      own(82, 300, by),
      own(0, 400, { ...by, isEnd: 1 }),
    ];
    expect([250, 350, 450].map((at) => winner(rules, at))).toEqual([81, 82, 81]);
    expect(winner([...rules, own(0, 500, { isEnd: 1 })], 600)).toBe(80);
  });

  it('R4.2: says of every other rule in force why it lost', () => {
    const ended = rule('brand:brd_3', 'any', 92, 100);
    const rules = [
      everywhere(90, 100),
      rule('any', 'tier:gold', 91, 100),
      ended,
      rule('brand:brd_3', 'any', 0, 300, { isEnd: 1 }),
      rule('product:prd_2', 'any', 93, 100),
      rule('product:prd_2', 'store:str_5', 94, 100),
      rule('product:prd_2', 'store:str_5', 95, 200),
      rule('product:prd_2', 'store:str_5', 96, 150, { series: 'campaign', effectiveTo: 900 }),
      rule('sku:sku_9', 'any', 97, 100),
    ];
    const { rule: won, losers } = explainRate(rules, thing, seller, 500);
    expect(won?.guideBps).toBe(96);
    expect(losers.map(({ rule: lost, reason }) => [lost.guideBps, reason])).toEqual([
      [95, 'campaign'],
      [94, 'campaign'],
      [93, 'seller'],
      [92, 'product'],
      [91, 'product'],
      [90, 'product'],
    ]);
    const later = explainRate(rules.slice(0, 4), thing, seller, 500);
    expect(later.losers.map(({ rule: lost, reason, by }) => [lost.guideBps, reason, by.guideBps])).toEqual([
      [92, 'ended', 0],
      [90, 'seller', 91],
    ]);
  });

  it('R4.3: lists one rate for each scope that has one', () => {
    const running = campaign(71, 200, 900);
    const rules = [
      everywhere(70, 100),
      running,
      rule('sku:sku_1', 'any', 72),
      rule('sku:sku_1', 'any', 0, 400, { isEnd: 1 }),
    ];
    const at = (instant: number) =>
      rulesInForce(rules, instant)
        .map(({ guideBps }) => guideBps)
        .sort();
    expect([at(150), at(300), at(400), at(900)]).toEqual([[70, 72], [71, 72], [71], [70]]);
  });
});
