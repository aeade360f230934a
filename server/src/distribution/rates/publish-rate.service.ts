import { EventType } from '@mall/shared/events';
import type { CommissionRule, CommissionRuleInput } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';

const SCOPE_SQL = 'productScopeKind = ? AND productScopeId = ? AND sellerScopeKind = ? AND sellerScopeId = ?';

function refuse(detail: string, extension: Record<string, unknown> = {}): ProblemError {
  return new ProblemError(ProblemType.CommissionRuleInvalid, { detail, ...extension });
}

/** R4.3: HQ changes a rate by adding a version that takes effect now or later, never retroactively. */
@Injectable()
export class PublishRate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  async execute(actor: HqActor, input: CommissionRuleInput): Promise<CommissionRule> {
    return this.unitOfWork.run(async (tx) => {
      const rule = this.draft(actor, input);
      const before = await this.inForce(tx, rule);
      if (!(await tx.insertOnce(CommissionRuleEntity, rule))) throw await this.conflict(tx, rule);
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'commission-rule.publish',
        subject: rule.id,
        old: before && toCommissionRule(before),
        new: toCommissionRule(rule),
        reason: rule.reason,
      });
      await this.outbox.add(tx, EventType.CommissionRatePublished, rule.id, rule.createdAt, {
        ruleId: rule.id,
        effectiveFrom: rule.effectiveFrom,
      });
      return toCommissionRule(rule);
    });
  }

  private draft(actor: HqActor, input: CommissionRuleInput): CommissionRuleEntity {
    const now = this.clock.now();
    const effectiveFrom = input.effectiveFrom ?? now;
    const storeBps = input.storeBps ?? 0;
    if (effectiveFrom < now) throw refuse('生效时间不能早于现在', { effectiveFrom, now });
    if (input.guideBps + storeBps > 10_000) {
      throw refuse('导购与门店比例之和不能超过 100%', { guideBps: input.guideBps, storeBps });
    }
    for (const scope of [input.productScope, input.sellerScope]) {
      if ((scope.kind === 'any') !== (scope.id === undefined)) {
        throw refuse('除“全部”外，每个范围都需要编号', { scope });
      }
    }
    return {
      id: newId('cmr'),
      productScopeKind: input.productScope.kind,
      productScopeId: input.productScope.id ?? '',
      sellerScopeKind: input.sellerScope.kind,
      sellerScopeId: input.sellerScope.id ?? '',
      guideBps: input.guideBps,
      storeBps,
      poolBps: null,
      paidDepth: 1,
      series: 'base',
      isEnd: 0,
      effectiveTo: null,
      stopsRuleId: null,
      isLocked: 0,
      bandMinBps: null,
      bandMaxBps: null,
      authorStoreId: null,
      effectiveFrom,
      reason: input.reason,
      createdBy: actor.userId,
      createdAt: now,
    };
  }

  private inForce(tx: Tx, rule: CommissionRuleEntity): Promise<CommissionRuleEntity | null> {
    return tx.first<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE ${SCOPE_SQL} AND effectiveFrom <= ? ORDER BY effectiveFrom DESC LIMIT 1`,
      [...scopeOf(rule), rule.effectiveFrom],
    );
  }

  /** 409 names the version that stands in the way. */
  private async conflict(tx: Tx, rule: CommissionRuleEntity): Promise<ProblemError> {
    const other = await tx.first<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE ${SCOPE_SQL} AND effectiveFrom = ?`,
      [...scopeOf(rule), rule.effectiveFrom],
    );
    return new ProblemError(ProblemType.CommissionRuleConflict, {
      detail: '同一范围已有同一时间生效的规则',
      conflictingRuleId: other?.id ?? null,
    });
  }
}

function scopeOf(rule: CommissionRuleEntity): string[] {
  return [rule.productScopeKind, rule.productScopeId, rule.sellerScopeKind, rule.sellerScopeId];
}
