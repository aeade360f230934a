import { MemberCaseState } from '@mall/shared/bindings';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { Members } from '../members/members.public.js';
import type { MemberCaseEntity } from './member-case.entity.js';
import { MemberCases } from './member-cases.js';
import { MergeMembers } from './merge-members.service.js';

export type CaseDecision =
  | typeof MemberCaseState.Merged
  | typeof MemberCaseState.Released
  | typeof MemberCaseState.Dismissed;

const NAMES: Record<string, string> = {
  open: '待处理',
  merged: '已合并',
  released: '已释放手机号',
  dismissed: '已驳回',
};

/** HQ decides a case once: one person, a recycled number, or nothing to do (R2.1, C4). */
@Injectable()
export class DecideMemberCase {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: MemberCases,
    private readonly merging: MergeMembers,
    private readonly members: Members,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /** Throws 404, or 409 `member-case-conflict`: decided before, or a room sees two who cannot be one. */
  async execute(
    actor: { id: string; name: string },
    caseId: string,
    decision: { to: CaseDecision; reason: string },
  ): Promise<void> {
    const { to, reason } = decision;
    await this.unitOfWork.run(async (tx) => {
      const found = await this.cases.find(tx, caseId);
      if (found === null) throw notFound();
      const decided = await tx.execute(
        `UPDATE member_cases SET state = ?, decidedAt = ?, decidedBy = ?, reason = ? WHERE id = ? AND state = 'open'`,
        [to, this.clock.now(), actor.id, reason, caseId],
      );
      if (decided === 0) {
        const now = await this.cases.find(tx, caseId);
        throw this.conflict(`该工单已处理：${NAMES[now?.state ?? ''] ?? ''}`, now?.state);
      }
      const outcome = await this.carryOut(tx, found, to);
      await this.audit.record(tx, {
        actor,
        action: `member-case.${to}`,
        subject: caseId,
        old: { state: MemberCaseState.Open },
        new: { state: to, ...outcome },
        reason,
      });
    });
  }

  private async carryOut(
    tx: Tx,
    { memberId, otherMemberId, phoneHash }: MemberCaseEntity,
    to: CaseDecision,
  ): Promise<Record<string, string>> {
    if (to === MemberCaseState.Dismissed) return {};
    if (to === MemberCaseState.Released) {
      if (phoneHash === null) throw this.conflict('该工单与手机号无关，不能释放手机号', MemberCaseState.Open);
      // The holder may have been merged since: the number is where her entries keep it.
      const holder = await this.members.standing(tx, otherMemberId);
      await this.members.releasePhone(tx, holder.id, phoneHash);
      return { releasedFrom: holder.id };
    }
    const merged = await this.merging.execute(tx, memberId, otherMemberId, 'hq');
    // The throw takes the decision back: the case stays open.
    if (merged.outcome === 'refused') throw this.conflict(merged.detail, MemberCaseState.Open);
    return { stays: merged.memberId };
  }

  private conflict(detail: string, caseState: string | undefined): ProblemError {
    return new ProblemError(ProblemType.MemberCaseConflict, { detail, caseState });
  }
}
