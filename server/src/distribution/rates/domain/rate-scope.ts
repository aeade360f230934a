/** R4.2: what a rule covers, and how closely. */

export interface ScopedRule {
  productScopeKind: string;
  /** Empty for `any`. */
  productScopeId: string;
  sellerScopeKind: string;
  sellerScopeId: string;
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

const SELLER_KINDS = ['guide', 'tier', 'store', 'store_type', 'any'];

/** Lower is more specific; null: the scope does not cover it. A category nearer to the product is more specific. */
export function productDistance(rule: ScopedRule, thing: SoldThing): number | null {
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
export function sellerDistance(rule: ScopedRule, seller: Seller): number | null {
  const { sellerScopeKind: kind, sellerScopeId: id } = rule;
  const own: Record<string, string> = {
    guide: seller.guideId,
    tier: seller.tier,
    store: seller.storeId,
    store_type: seller.storeType,
    any: id,
  };
  return own[kind] === id ? SELLER_KINDS.indexOf(kind) : null;
}

export function isSameScope(a: ScopedRule, b: ScopedRule): boolean {
  return scopeKey(a) === scopeKey(b);
}

/** `product:prd_01…|store:str_01…` */
export function scopeKey(rule: ScopedRule): string {
  return `${rule.productScopeKind}:${rule.productScopeId}|${rule.sellerScopeKind}:${rule.sellerScopeId}`;
}

/** Somebody whom the scope covers and no narrower one does: who is left when narrower rules have taken theirs. */
export function plainSeller(rule: ScopedRule, known: Partial<Seller> = {}): Seller {
  const nobody: Seller = { guideId: '', tier: '', storeId: '', storeType: '' };
  const seller = { ...nobody, ...known };
  if (rule.sellerScopeKind === 'tier') seller.tier = rule.sellerScopeId;
  if (rule.sellerScopeKind === 'store_type') seller.storeType = rule.sellerScopeId;
  return seller;
}
