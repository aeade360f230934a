import type { CommissionRule, CommissionRuleInput } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { CommissionRuleEntity } from './commission-rule.entity.js';
import { toCommissionRule } from './commission-rule.mapper.js';
import { MarginGate, type MarginOverride } from './margin-gate.js';
import { invalidRate, ProposeRate } from './propose-rate.service.js';
import { RateBook } from './rate-book.js';

/** Runs in the transaction of the publication, once the rule is written. */
export type AlsoThen = (tx: Tx, rule: CommissionRuleEntity) => Promise<void>;

/** R4.3: a rate changes by adding a version that takes effect now (the commit) or later, never retroactively. */
@Injectable()
export class PublishRate {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly propose: ProposeRate,
    private readonly gate: MarginGate,
    private readonly book: RateBook,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Throws 422 for numbers, scopes and margins that no rule may have, 409 `commission-rule-conflict` naming the rule in
   * the way, 403 for what a store's manager may not do.
   */
  async execute(actor: HqActor, input: CommissionRuleInput, alsoThen?: AlsoThen): Promise<CommissionRule> {
    const proposed = await this.propose.execute(actor, input);
    const override = await this.gate.pass(actor, proposed, input.overrideMarginReason);
    return this.unitOfWork.run(async (tx) => {
      const now = await this.book.open(tx, proposed.rule);
      const rule = { ...proposed.rule, effectiveFrom: input.effectiveFrom ?? now, createdAt: now };
      requireAhead(rule, now);
      const before = baseBefore(await this.book.versions(tx, rule), rule.effectiveFrom);
      await this.book.write(tx, actor, 'commission-rule.publish', rule, before && toCommissionRule(before));
      if (override !== null) await this.recordOverride(tx, actor, rule, override);
      await alsoThen?.(tx, rule);
      return toCommissionRule(rule);
    });
  }

  private async recordOverride(tx: Tx, actor: HqActor, rule: CommissionRuleEntity, { reason, margin }: MarginOverride) {
    await this.audit.record(tx, {
      actor: { id: actor.userId, name: actor.username },
      action: 'commission-rule.override-margin',
      subject: rule.id,
      old: null,
      new: margin,
      reason,
    });
  }
}

/** The dry run took a while: what lay ahead when it began may be past by now. */
function requireAhead({ effectiveFrom, effectiveTo }: CommissionRuleEntity, now: number): void {
  if (effectiveFrom < now) throw invalidRate('生效时间不能早于现在', { effectiveFrom, now });
  if (effectiveTo !== null && effectiveTo <= effectiveFrom) {
    throw invalidRate('结束时间应晚于生效时间', { effectiveFrom, effectiveTo });
  }
}

function baseBefore(versions: readonly CommissionRuleEntity[], at: number): CommissionRuleEntity | null {
  return versions.filter(({ series, effectiveFrom }) => series === 'base' && effectiveFrom <= at).at(-1) ?? null;
}
