import type { CommissionRuleInput } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { checkRate } from './domain/check-rate.js';
import { type KnownScope, RateScopes } from './rate-scopes.js';
import { StoreRuleLimits } from './store-rule-limits.js';

export interface ProposedRate {
  /** As it would be published now; without `effectiveFrom` in the input it takes effect at the commit. */
  rule: CommissionRuleEntity;
  known: KnownScope;
}

export function invalidRate(detail: string, numbers: Record<string, unknown> = {}): ProblemError {
  return new ProblemError(ProblemType.CommissionRuleInvalid, { detail, ...numbers });
}

/** Makes a rule of what somebody typed, and refuses what no rule may say. */
@Injectable()
export class ProposeRate {
  constructor(
    private readonly database: Database,
    private readonly clock: BusinessClock,
    private readonly scopes: RateScopes,
    private readonly limits: StoreRuleLimits,
  ) {}

  /**
   * Throws 422 `commission-rule-invalid` with the numbers, 422 `commission-scope-unknown`, and for a store's manager what
   * {@link StoreRuleLimits} refuses.
   */
  async execute(actor: HqActor, input: CommissionRuleInput): Promise<ProposedRate> {
    const now = this.clock.now();
    const rule = draft(actor, input, now);
    const fault = checkRate({ ...rule, depth: input.depth ?? 1 }, now);
    if (fault !== null) throw invalidRate(fault.detail, fault.numbers);
    for (const scope of [input.productScope, input.sellerScope]) {
      if ((scope.kind === 'any') !== (scope.id === undefined)) {
        throw invalidRate('除“全部”外，每个范围都需要编号', { scope });
      }
    }
    const known = await this.scopes.known(this.database, rule);
    return { rule: await this.limits.within(this.database, actor, rule, known, input.storeBps), known };
  }
}

function draft(actor: HqActor, input: CommissionRuleInput, now: number): CommissionRuleEntity {
  return {
    id: newId('cmr'),
    productScopeKind: input.productScope.kind,
    productScopeId: input.productScope.id ?? '',
    sellerScopeKind: input.sellerScope.kind,
    sellerScopeId: input.sellerScope.id ?? '',
    guideBps: input.guideBps,
    storeBps: input.storeBps ?? 0,
    poolBps: input.poolBps ?? null,
    paidDepth: 1,
    series: input.effectiveTo === undefined ? 'base' : 'campaign',
    isEnd: 0,
    effectiveFrom: input.effectiveFrom ?? now,
    effectiveTo: input.effectiveTo ?? null,
    stopsRuleId: null,
    isLocked: input.isLocked === true ? 1 : 0,
    bandMinBps: input.bandMinBps ?? null,
    bandMaxBps: input.bandMaxBps ?? null,
    authorStoreId: actor.storeId,
    reason: input.reason,
    createdBy: actor.userId,
    createdAt: now,
  };
}
