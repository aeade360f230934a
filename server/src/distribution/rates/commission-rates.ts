import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import type { Seller, SoldThing } from './domain/rate-scope.js';
import { type ExplainedRate, explainRate, resolveRate } from './domain/resolve-rate.js';

export interface FrozenRate {
  ruleId: string;
  guideBps: number;
  storeBps: number;
}

/** Rates in force. Orders ask once, at creation, and keep the answer (R4.3). */
@Injectable()
export class CommissionRates {
  /** The rule for each thing, in the same order; null where none covers it. One query for all. */
  async resolve(
    reader: Reader,
    things: readonly SoldThing[],
    seller: Seller,
    at: number,
  ): Promise<(CommissionRuleEntity | null)[]> {
    const rules = await this.candidates(reader, things, seller, at);
    return things.map((thing) => resolveRate(rules, thing, seller, at));
  }

  async freeze(
    reader: Reader,
    things: readonly SoldThing[],
    seller: Seller,
    at: number,
  ): Promise<(FrozenRate | null)[]> {
    const rules = await this.resolve(reader, things, seller, at);
    return rules.map((rule) => rule && { ruleId: rule.id, guideBps: rule.guideBps, storeBps: rule.storeBps });
  }

  /** The rule, and why every other one in force that covers them lost. */
  async explain(
    reader: Reader,
    thing: SoldThing,
    seller: Seller,
    at: number,
  ): Promise<ExplainedRate<CommissionRuleEntity>> {
    return explainRate(await this.candidates(reader, [thing], seller, at), thing, seller, at);
  }

  /** What can have a say: versions, ends, campaigns and stops of the scopes that name these things and this seller. */
  private async candidates(
    reader: Reader,
    things: readonly SoldThing[],
    seller: Seller,
    at: number,
  ): Promise<CommissionRuleEntity[]> {
    if (things.length === 0) return [];
    const productIds = new Set(['']);
    for (const thing of things) {
      for (const id of [thing.skuId, thing.productId, thing.brandId, ...thing.categoryPath]) productIds.add(id);
    }
    const sellerIds = ['', seller.guideId, seller.tier, seller.storeId, seller.storeType];
    const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
    return reader.query<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE effectiveFrom <= ? AND (effectiveTo IS NULL OR effectiveTo > ?)
         AND productScopeId IN (${marks(productIds.size)}) AND sellerScopeId IN (${marks(sellerIds.length)})`,
      [at, at, ...productIds, ...sellerIds],
    );
  }
}
