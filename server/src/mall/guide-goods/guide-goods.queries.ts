import type { ShareableProduct } from '@mall/shared/guides';
import type { CommissionRuleResolution } from '@mall/shared/hq';
import { bps } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { type Guide, Guides } from '../../distribution/guides/guides.public.js';
import { CommissionRates, ruleSentence, type Seller, toCommissionRule } from '../../distribution/rates/rates.public.js';
import { Stores } from '../../distribution/stores/stores.public.js';
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

  /** Which rule applies to a SKU for a guide at a time, and why. Throws 404 for an unknown SKU or guide. */
  async resolve(skuId: string, guideId: string, at: number | undefined): Promise<CommissionRuleResolution> {
    const [item] = await this.catalog.saleItems(this.database, [skuId]);
    const guide = await this.guides.find(this.database, guideId);
    if (item === undefined || guide === null) throw notFound();
    const seller = await this.sellerOf(guide);
    const [rule] = await this.rates.resolve(this.database, [item], seller, at ?? this.clock.now());
    if (!rule) return { rule: null, sentence: '没有适用的佣金规则，不计佣金' };
    return { rule: toCommissionRule(rule), sentence: `适用规则：${ruleSentence(rule)}` };
  }

  private async sellerOf(guide: Guide): Promise<Seller> {
    const store = await this.stores.find(this.database, guide.storeId);
    if (store === null) throw new Error(`store of guide ${guide.id} is gone`);
    return { guideId: guide.id, tier: guide.tier, storeId: store.id, storeType: store.type };
  }
}
