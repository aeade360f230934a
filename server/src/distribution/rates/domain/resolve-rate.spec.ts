import { type RateRule, resolveRate, type Seller, type SoldThing } from './resolve-rate.js';

const thing: SoldThing = {
  skuId: 'sku_1',
  productId: 'prd_2',
  categoryPath: ['cat_root', 'cat_leaf'],
  brandId: 'brd_3',
};
const seller: Seller = { guideId: 'gde_4', tier: 'gold', storeId: 'str_5', storeType: 'direct' };

let made = 0;
function rule(product: string, sold: string, guideBps: number, effectiveFrom = 100): RateRule {
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
    effectiveFrom,
  };
}

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
    const rules = [rule('any', 'any', 31, 100), rule('any', 'any', 32, 500), rule('any', 'any', 33, 900)];
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
});
