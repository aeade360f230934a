import type { SoldThing } from './rate-scope.js';
import type { RateRule } from './resolve-rate.js';

/** Finds the rules that can cover a thing without looking at all of them: a walk over many lines resolves each from few. */
export class RateIndex<R extends RateRule> {
  private readonly byProduct = new Map<string, R[]>();

  constructor(rules: readonly R[]) {
    for (const rule of rules) {
      const same = this.byProduct.get(rule.productScopeId);
      if (same === undefined) this.byProduct.set(rule.productScopeId, [rule]);
      else same.push(rule);
    }
  }

  candidates(thing: SoldThing): R[] {
    const ids = new Set(['', thing.skuId, thing.productId, thing.brandId, ...thing.categoryPath]);
    return [...ids].flatMap((id) => this.byProduct.get(id) ?? []);
  }
}
