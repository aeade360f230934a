import type { CommissionRule } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import type { EndRateRequest } from '@mall/shared/rates';
import { Injectable } from '@nestjs/common';
import type { HqActor } from '../../platform/auth/actor.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';
import { endOf } from './domain/resolve-rate.js';
import { invalidRate } from './propose-rate.service.js';
import { conflictWith, RateBook } from './rate-book.js';

/**
 * R4.3: ending a rate is a row of its own. A base version in force is followed by an end version; a campaign, or a version
 * that has not begun, is stopped.
 */
@Injectable()
export class EndRate {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly book: RateBook,
  ) {}

  /**
   * @returns the end or the stop. Throws 404; 403 for another's rule; 409 `commission-rule-conflict` naming what ended or
   * replaced the rule before; 422 for a time in the past.
   */
  async execute(actor: HqActor, ruleId: string, { at, reason }: EndRateRequest): Promise<CommissionRule> {
    const rule = await this.database.first<CommissionRuleEntity>('SELECT * FROM commission_rules WHERE id = ?', [
      ruleId,
    ]);
    if (rule === null) throw notFound();
    if (actor.storeId !== null && rule.authorStoreId !== actor.storeId) {
      throw new ProblemError(ProblemType.Forbidden, { detail: '只能终止本门店自己设置的佣金' });
    }
    if (rule.series === 'stop' || rule.isEnd === 1) throw invalidRate('这一条本身就是终止，不能再终止', { ruleId });
    return this.unitOfWork.run(async (tx) => {
      const now = await this.book.open(tx, rule);
      const from = at ?? now;
      if (from < now) throw invalidRate('终止时间不能早于现在', { at: from, now });
      const end = endingOf(rule, await this.book.versions(tx, rule), from);
      const written = { ...end, reason, createdBy: actor.userId, createdAt: now };
      await this.book.write(tx, actor, 'commission-rule.end', written, toCommissionRule(rule));
      return toCommissionRule(written);
    });
  }
}

/** The row that ends `rule` at `from`. It is its author's: a store's end gives way to what HQ had set there. */
function endingOf(
  rule: CommissionRuleEntity,
  versions: readonly CommissionRuleEntity[],
  from: number,
): CommissionRuleEntity {
  const until = endOf(rule, versions);
  if (until !== null && until <= from) {
    const stop = versions.find(({ stopsRuleId }) => stopsRuleId === rule.id);
    throw conflictWith(stop?.id ?? rule.id, '这条规则在那之前已经结束');
  }
  const ending = {
    ...rule,
    id: newId('cmr'),
    guideBps: 0,
    storeBps: 0,
    poolBps: null,
    isLocked: 0,
    bandMinBps: null,
    bandMaxBps: null,
    effectiveFrom: from,
    effectiveTo: null,
  };
  if (rule.series === 'campaign' || from <= rule.effectiveFrom) {
    return { ...ending, series: 'stop', isEnd: 0, stopsRuleId: rule.id };
  }
  const newer = versions.find((other) => {
    const later = other.series === 'base' && other.effectiveFrom > rule.effectiveFrom && other.effectiveFrom <= from;
    return later && (endOf(other, versions) ?? Number.POSITIVE_INFINITY) > from;
  });
  if (newer !== undefined) throw conflictWith(newer.id, '同一范围已有更新的规则');
  return { ...ending, series: 'base', isEnd: 1, stopsRuleId: null };
}
