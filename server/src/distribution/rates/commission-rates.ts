import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { resolveRate, type Seller, type SoldThing } from './domain/resolve-rate.js';

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
    if (things.length === 0) return [];
    const productIds = new Set(['']);
    for (const thing of things) {
      for (const id of [thing.skuId, thing.productId, thing.brandId, ...thing.categoryPath]) productIds.add(id);
    }
    const sellerIds = ['', seller.guideId, seller.tier, seller.storeId, seller.storeType];
    const marks = (count: number): string => Array.from({ length: count }, () => '?').join(', ');
    const rules = await reader.query<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE effectiveFrom <= ?
         AND productScopeId IN (${marks(productIds.size)}) AND sellerScopeId IN (${marks(sellerIds.length)})`,
      [at, ...productIds, ...sellerIds],
    );
    return things.map((thing) => {
      const won = resolveRate(rules, thing, seller, at);
      return rules.find((rule) => rule.id === won?.id) ?? null;
    });
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
}
