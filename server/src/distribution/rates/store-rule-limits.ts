import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { percentText } from './commission-rule.mapper.js';
import { judgeStoreRule, type StoreRuleRefusal } from './domain/judge-store-rule.js';
import { RateIndex } from './domain/rate-index.js';
import { productDistance, type SoldThing, sellerDistance } from './domain/rate-scope.js';
import { resolveRate } from './domain/resolve-rate.js';
import { type KnownScope, RateScopes } from './rate-scopes.js';

const PAGE = 1_000;

/** Keeps a store's manager within what HQ left her. */
@Injectable()
export class StoreRuleLimits {
  constructor(private readonly scopes: RateScopes) {}

  /**
   * The rule as the actor may publish it: unchanged for HQ, and for a store's manager with HQ's shares where she names
   * none. Throws 403 `forbidden` for another's scope, 403 `commission-rule-locked` naming HQ's rule, 422 with the band.
   */
  async within(
    reader: Reader,
    actor: HqActor,
    rule: CommissionRuleEntity,
    known: KnownScope,
    storeBps: number | undefined,
  ): Promise<CommissionRuleEntity> {
    if (actor.storeId === null) return rule;
    requireOwnScope(actor, rule, known);
    const governed = await this.governing(reader, rule, known);
    const [first = null] = governed;
    const own = { ...rule, storeBps: storeBps ?? first?.storeBps ?? 0, poolBps: first?.poolBps ?? null };
    for (const governing of governed) {
      const refusal = judgeStoreRule(governing, { ...own, storeType: known.seller.storeType });
      if (refusal !== null) throw refused(refusal, own);
    }
    return own;
  }

  /**
   * HQ's rules in whose place this one would stand when it takes effect: for the scope as such, and for every piece of
   * goods that is for sale in it, so that a wide rule cannot get round what HQ locked for part of the goods.
   */
  private async governing(
    reader: Reader,
    rule: CommissionRuleEntity,
    { thing, seller }: KnownScope,
  ): Promise<(CommissionRuleEntity | null)[]> {
    const rules = await reader.query<CommissionRuleEntity>(
      'SELECT * FROM commission_rules WHERE authorStoreId IS NULL AND effectiveFrom <= ?',
      [rule.effectiveFrom],
    );
    const index = new RateIndex(rules);
    const over = (goods: SoldThing) => resolveRate(index.candidates(goods), goods, seller, rule.effectiveFrom);
    const found = new Map<string, CommissionRuleEntity | null>();
    const plain = over(thing);
    found.set(plain?.id ?? '', plain);
    const { goods } = this.scopes;
    const scope = { kind: rule.productScopeKind, id: rule.productScopeId };
    for (let after = ''; goods !== null; ) {
      const skus = await goods.skusIn(reader, scope, { after, limit: PAGE });
      for (const sku of skus) {
        const won = over(sku.thing);
        if (won !== null && !isNearer(won, rule, sku.thing, seller)) found.set(won.id, won);
      }
      if (skus.length < PAGE) break;
      after = skus.at(-1)?.thing.skuId ?? '';
    }
    return [...found.values()];
  }
}

/** Whether `other` goes before `rule` for these goods, so that the rule would not take its place. */
function isNearer(
  other: CommissionRuleEntity,
  rule: CommissionRuleEntity,
  thing: SoldThing,
  seller: KnownScope['seller'],
): boolean {
  const rank = (each: CommissionRuleEntity) => [productDistance(each, thing) ?? 9, sellerDistance(each, seller) ?? 9];
  const [product = 0, sold = 0] = rank(other);
  const [ownProduct = 0, ownSold = 0] = rank(rule);
  return product < ownProduct || (product === ownProduct && sold < ownSold);
}

function requireOwnScope(actor: HqActor, rule: CommissionRuleEntity, { seller }: KnownScope): void {
  const isOwn = ['store', 'guide'].includes(rule.sellerScopeKind) && seller.storeId === actor.storeId;
  if (!isOwn) throw new ProblemError(ProblemType.Forbidden, { detail: '只能为本门店或本门店的导购设置佣金' });
  if (rule.isLocked === 1 || rule.bandMinBps !== null || rule.poolBps !== null) {
    throw new ProblemError(ProblemType.Forbidden, { detail: '锁定、可调范围和佣金池由总部设置' });
  }
}

function refused(refusal: StoreRuleRefusal, { guideBps, storeBps }: CommissionRuleEntity): ProblemError {
  const { refusal: reason, ...facts } = refusal;
  const numbers = { ...facts, reason, guideBps, storeBps };
  const locked = (detail: string) => new ProblemError(ProblemType.CommissionRuleLocked, { detail, ...numbers });
  const invalid = (detail: string) => new ProblemError(ProblemType.CommissionRuleInvalid, { detail, ...numbers });
  switch (refusal.refusal) {
    case 'locked':
      return locked(`总部已锁定这一佣金（规则 ${refusal.ruleId}）`);
    case 'no-band':
      return locked('总部没有给直营门店留出可调范围');
    case 'store-share':
      return locked(`门店比例由总部设置，不能高于 ${percentText(refusal.limitBps)}`);
    case 'outside-band':
      return invalid(
        `导购比例应在总部给出的 ${percentText(refusal.bandMinBps)} 到 ${percentText(refusal.bandMaxBps)} 之间`,
      );
    case 'over-pool':
      return invalid(`导购与门店比例之和不能超过总部的佣金池 ${percentText(refusal.poolBps)}`);
  }
}
