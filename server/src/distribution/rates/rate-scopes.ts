import { StoreType } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Guides } from '../guides/guides.public.js';
import { Stores } from '../stores/stores.public.js';
import { plainSeller, type ScopedRule, type Seller, type SoldThing } from './domain/rate-scope.js';
import { RATED_GOODS, type RatedGoods } from './rated-goods.js';

/** What a rule's scope names, looked up when the rule is written. */
export interface KnownScope {
  /** Null: any goods. */
  productName: string | null;
  thing: SoldThing;
  seller: Seller;
}

function unknown(scope: { kind: string; id: string }): ProblemError {
  return new ProblemError(ProblemType.CommissionScopeUnknown, {
    detail: `范围不存在：${scope.kind} ${scope.id}`,
    scope,
  });
}

/** Looks up what scopes name. */
@Injectable()
export class RateScopes {
  constructor(
    private readonly guides: Guides,
    private readonly stores: Stores,
    @Optional() @Inject(RATED_GOODS) readonly goods: RatedGoods | null = null,
  ) {}

  /** Throws 422 `commission-scope-unknown` when the scope names goods, a guide or a store that do not exist. */
  async known(reader: Reader, rule: ScopedRule): Promise<KnownScope> {
    const product = { kind: rule.productScopeKind, id: rule.productScopeId };
    const described = await this.describe(reader, product);
    if (described === null) throw unknown(product);
    const seller = await this.sellerOf(reader, rule);
    if (seller === null) throw unknown({ kind: rule.sellerScopeKind, id: rule.sellerScopeId });
    return { productName: described.name, thing: described.thing, seller };
  }

  /** The goods of a scope; null when there are none such. Without a mall above, every scope is taken for known. */
  async describe(
    reader: Reader,
    scope: { kind: string; id: string },
  ): Promise<{ name: string | null; thing: SoldThing } | null> {
    const nothing: SoldThing = { skuId: '', productId: '', categoryPath: [], brandId: '' };
    if (scope.kind === 'any' || this.goods === null) return { name: null, thing: nothing };
    return this.goods.describe(reader, scope);
  }

  private async sellerOf(reader: Reader, rule: ScopedRule): Promise<Seller | null> {
    const { sellerScopeKind: kind, sellerScopeId: id } = rule;
    if (kind === 'guide') {
      const guide = await this.guides.find(reader, id);
      const store = guide && (await this.stores.find(reader, guide.storeId));
      return guide && store && { guideId: id, tier: guide.tier, storeId: store.id, storeType: store.type };
    }
    if (kind === 'store') {
      const store = await this.stores.find(reader, id);
      return store && plainSeller(rule, { storeId: store.id, storeType: store.type });
    }
    if (kind === 'store_type' && !(Object.values(StoreType) as string[]).includes(id)) return null;
    return plainSeller(rule);
  }
}
