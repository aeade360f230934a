import type { ShareableProduct } from '@mall/shared/guides';
import type { CommissionRuleResolution } from '@mall/shared/hq';
import { bps } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { type Guide, Guides } from '../../distribution/guides/guides.public.js';
import {
  CommissionRates,
  lossSentence,
  ruleSentence,
  type Seller,
  toCommissionRule,
} from '../../distribution/rates/rates.public.js';
import { Stores } from '../../distribution/stores/stores.public.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { shareOf } from '../../platform/money/rate.js';
import { Catalog } from '../catalog/catalog.public.js';

/** Goods with the rate that a guide would be paid now: the rate shown is the rate applied (R4). */
@Injectable()
export class GuideGoodsQueries {
  constructor(
    private readonly catalog: Catalog,
    private readonly rates: CommissionRates,
    private readonly guides: Guides,
    private readonly stores: Stores,
    private readonly database: Database,
    private readonly clock: BusinessClock,
  ) {}

  async page(guide: Guide, query: { q?: string; cursor?: string }): Promise<Page<ShareableProduct>> {
    const { items, nextCursor } = await this.catalog.publishedCards(this.database, { ...query, limit: 20 });
    const seller = await this.sellerOf(guide);
    const things = items.map(({ productId, brandId, categoryPath, cheapestSkuId }) => ({
      skuId: cheapestSkuId ?? '',
      productId,
      brandId,
      categoryPath,
    }));
    const rules = await this.rates.resolve(this.database, things, seller, this.clock.now());
    const shareable = items.map(({ card }, index) => {
      const guideBps = bps(rules[index]?.guideBps ?? 0);
      return { ...card, guideBps, commissionFromFen: shareOf(card.priceFen, guideBps) };
    });
    return { items: shareable, nextCursor };
  }

  /**
   * Which rule applies to a SKU for a guide at a time, and why no other does. The guide's tier and store are those of
   * today. Throws 404 for an unknown SKU or guide, and a store's manager for another store's guide.
   */
  async resolve(
    actor: HqActor,
    query: { skuId: string; guideId: string; at?: number },
  ): Promise<CommissionRuleResolution> {
    const [item] = await this.catalog.saleItems(this.database, [query.skuId]);
    const guide = await this.guides.find(this.database, query.guideId);
    if (item === undefined || guide === null) throw notFound();
    if (actor.storeId !== null && actor.storeId !== guide.storeId) throw notFound();
    const at = query.at ?? this.clock.now();
    const { rule, losers } = await this.rates.explain(this.database, item, await this.sellerOf(guide), at);
    return {
      rule: rule && toCommissionRule(rule),
      sentence: rule ? `适用规则：${ruleSentence(rule)}` : '没有适用的佣金规则，不计佣金',
      at,
      losers: losers.map(({ rule: lost, reason, by }) => ({
        rule: toCommissionRule(lost),
        reason,
        sentence: lossSentence(lost, reason, by),
      })),
    };
  }

  private async sellerOf(guide: Guide): Promise<Seller> {
    const store = await this.stores.find(this.database, guide.storeId);
    if (store === null) throw new Error(`store of guide ${guide.id} is gone`);
    return { guideId: guide.id, tier: guide.tier, storeId: store.id, storeType: store.type };
  }
}
