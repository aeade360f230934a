import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import type { Seller, SoldThing } from './domain/rate-scope.js';
import { type ExplainedRate, explainRate, resolveRate } from './domain/resolve-rate.js';
import { SCOPE_SQL } from './rate-book.js';

export interface FrozenRate {
  ruleId: string;
  guideBps: number;
  storeBps: number;
}

/** So many scopes a query: engines limit how deep conditions nest and how many values a statement has. */
const SCOPES = 150;

/** Rates in force. Orders ask once, at creation, and keep the answer (R4.3). */
@Injectable()
export class CommissionRates {
  /** The rule for each thing, in the same order; null where none covers it. One query for the scopes of a basket. */
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
    const products = new Map([['any:', ['any', '']]]);
    const cover = (kind: string, id: string) => products.set(`${kind}:${id}`, [kind, id]);
    for (const thing of things) {
      cover('sku', thing.skuId);
      cover('product', thing.productId);
      cover('brand', thing.brandId);
      for (const id of thing.categoryPath) cover('category', id);
    }
    const sellers = [
      ['guide', seller.guideId],
      ['tier', seller.tier],
      ['store', seller.storeId],
      ['store_type', seller.storeType],
      ['any', ''],
    ];
    // Scopes are named whole, kinds and ids, so that the unique index finds each; ids alone would read the whole book.
    const scopes = [...products.values()].flatMap((product) => sellers.map((each) => [...product, ...each]));
    const rules: CommissionRuleEntity[] = [];
    for (let start = 0; start < scopes.length; start += SCOPES) {
      const part = scopes.slice(start, start + SCOPES);
      const found = await reader.query<CommissionRuleEntity>(
        `SELECT * FROM commission_rules WHERE (${part.map(() => `(${SCOPE_SQL})`).join(' OR ')})
           AND effectiveFrom <= ? AND (effectiveTo IS NULL OR effectiveTo > ?)`,
        [...part.flat(), at, at],
      );
      rules.push(...found);
    }
    return rules;
  }
}
