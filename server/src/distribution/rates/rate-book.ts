import { EventType } from '@mall/shared/events';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';
import { type ScopedRule, scopeKey } from './domain/rate-scope.js';
import { endOf } from './domain/resolve-rate.js';
import { RateScopeEntity } from './rate-scope.entity.js';

export const SCOPE_SQL = 'productScopeKind = ? AND productScopeId = ? AND sellerScopeKind = ? AND sellerScopeId = ?';

export function scopeValues(rule: ScopedRule): string[] {
  return [rule.productScopeKind, rule.productScopeId, rule.sellerScopeKind, rule.sellerScopeId];
}

/** 409 names the version that stands in the way. */
export function conflictWith(conflictingRuleId: string | null, detail: string): ProblemError {
  return new ProblemError(ProblemType.CommissionRuleConflict, { detail, conflictingRuleId });
}

/** The insert-only book of rates: what is written is told, audited, and never changed. */
@Injectable()
export class RateBook {
  constructor(
    private readonly clock: BusinessClock,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Takes the scope for this transaction and says what time it is then. Must be its first statement: whoever waits here
   * sees, once let in, what the one before has committed.
   */
  async open(tx: Tx, scope: ScopedRule): Promise<number> {
    const key = scopeKey(scope);
    const count = () => tx.execute('UPDATE commission_scopes SET changes = changes + 1 WHERE scopeKey = ?', [key]);
    if ((await count()) === 0 && !(await tx.insertOnce(RateScopeEntity, { scopeKey: key, changes: 1 }))) {
      // Its first row was made meanwhile; a new transaction waits for it and sees what came with it.
      throw new RetryTransaction(`scope ${key} was opened by another transaction`);
    }
    return this.clock.now();
  }

  async versions(tx: Tx, scope: ScopedRule): Promise<CommissionRuleEntity[]> {
    return tx.query<CommissionRuleEntity>(
      `SELECT * FROM commission_rules WHERE ${SCOPE_SQL} ORDER BY effectiveFrom, id`,
      scopeValues(scope),
    );
  }

  /** Writes a rule into an opened scope. Throws 409 `commission-rule-conflict` naming what is there already. */
  async write(tx: Tx, actor: HqActor, action: string, rule: CommissionRuleEntity, old: unknown): Promise<void> {
    const versions = await this.versions(tx, rule);
    const equal = versions.find((other) => other.series === rule.series && other.effectiveFrom === rule.effectiveFrom);
    if (equal !== undefined) throw conflictWith(equal.id, '同一范围已有同一时间生效的规则');
    if (rule.series === 'campaign') {
      const other = overlapping(versions, rule);
      if (other !== undefined) throw conflictWith(other.id, '同一范围已有时间重叠的活动佣金');
    }
    await tx.insert(CommissionRuleEntity, rule);
    await this.audit.record(tx, {
      actor: { id: actor.userId, name: actor.username },
      action,
      subject: rule.id,
      old,
      new: toCommissionRule(rule),
      reason: rule.reason,
    });
    const { productScope, sellerScope, ...told } = toCommissionRule(rule);
    await this.outbox.add(tx, EventType.CommissionRatePublished, rule.id, rule.createdAt, {
      ruleId: rule.id,
      productScope,
      sellerScope,
      guideBps: told.guideBps,
      storeBps: told.storeBps,
      series: told.series,
      isEnd: told.isEnd,
      effectiveFrom: told.effectiveFrom,
      effectiveTo: told.effectiveTo,
    });
  }
}

/** A campaign whose time, as it stands after stops, meets the new one's. */
function overlapping(
  versions: readonly CommissionRuleEntity[],
  { effectiveFrom, effectiveTo }: CommissionRuleEntity,
): CommissionRuleEntity | undefined {
  return versions.find((other) => {
    if (other.series !== 'campaign') return false;
    const end = endOf(other, versions) ?? Number.POSITIVE_INFINITY;
    return other.effectiveFrom < end && other.effectiveFrom < (effectiveTo ?? 0) && end > effectiveFrom;
  });
}
