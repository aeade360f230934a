/** R4.2: which rate rule applies. The most specific product scope wins, then seller scope, then the newest version. */

export interface RateRule {
  id: string;
  productScopeKind: string;
  /** Empty for `any`. */
  productScopeId: string;
  sellerScopeKind: string;
  sellerScopeId: string;
  guideBps: number;
  storeBps: number;
  /** Business clock, epoch ms. */
  effectiveFrom: number;
}

/** What is sold. `categoryPath` runs from the root category down to the product's own. */
export interface SoldThing {
  skuId: string;
  productId: string;
  categoryPath: readonly string[];
  brandId: string;
}

export interface Seller {
  guideId: string;
  tier: string;
  storeId: string;
  storeType: string;
}

/** Lower is more specific; null: the scope does not cover it. A category nearer to the product is more specific. */
export function productDistance(rule: RateRule, thing: SoldThing): number | null {
  switch (rule.productScopeKind) {
    case 'sku':
      return rule.productScopeId === thing.skuId ? 0 : null;
    case 'product':
      return rule.productScopeId === thing.productId ? 1 : null;
    case 'category': {
      const depth = thing.categoryPath.indexOf(rule.productScopeId);
      return depth < 0 ? null : 2 + (thing.categoryPath.length - 1 - depth) / (thing.categoryPath.length + 1);
    }
    case 'brand':
      return rule.productScopeId === thing.brandId ? 3 : null;
    case 'any':
      return 4;
    default:
      return null;
  }
}

/** Lower is more specific; null: the scope does not cover her. */
export function sellerDistance(rule: RateRule, seller: Seller): number | null {
  const covers: Record<string, boolean> = {
    guide: rule.sellerScopeId === seller.guideId,
    tier: rule.sellerScopeId === seller.tier,
    store: rule.sellerScopeId === seller.storeId,
    store_type: rule.sellerScopeId === seller.storeType,
    any: true,
  };
  return covers[rule.sellerScopeKind] ? Object.keys(covers).indexOf(rule.sellerScopeKind) : null;
}

/** The rule in force at `at` for this thing and seller; null when none covers them. The order of `rules` is no matter. */
export function resolveRate(rules: readonly RateRule[], thing: SoldThing, seller: Seller, at: number): RateRule | null {
  let best: { rule: RateRule; rank: readonly [number, number, number] } | null = null;
  for (const rule of rules) {
    const product = productDistance(rule, thing);
    const sold = sellerDistance(rule, seller);
    if (product === null || sold === null || rule.effectiveFrom > at) continue;
    const rank = [product, sold, -rule.effectiveFrom] as const;
    if (best === null || isBefore(rank, best.rank) || (isSame(rank, best.rank) && rule.id > best.rule.id)) {
      best = { rule, rank };
    }
  }
  return best?.rule ?? null;
}

type Rank = readonly [number, number, number];

function isSame(a: Rank, b: Rank): boolean {
  return a.every((value, index) => value === b[index]);
}

function isBefore(a: Rank, b: Rank): boolean {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && (a[at] ?? 0) < (b[at] ?? 0);
}
