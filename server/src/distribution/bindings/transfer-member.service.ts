import type { MemberTransferRequest } from '@mall/shared/bindings';
import { GuideStatus } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import type { BindingNow } from './binding-reads.js';
import { Bindings } from './bindings.js';

/** HQ gives one member to another guide, or to nobody, with a reason (R2.3, R2.4). */
@Injectable()
export class TransferMember {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly members: Members,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * To the guide whom she has, it changes nothing. Throws 404 for an unknown member or guide, 409 `guide-not-serving`,
   * 409 `binding-conflict` when her binding changed meanwhile.
   */
  async execute(actor: { id: string; name: string }, memberId: string, request: MemberTransferRequest): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const member = await this.members.find(tx, memberId);
      if (member === null || member.mergedInto !== null) throw notFound();
      const guide = request.guideId === null ? null : await this.takerOf(tx, memberId, request.guideId);
      const at = this.clock.now();
      const expectedSequence = await this.bindings.sequence(tx, memberId);
      const current = await this.bindings.current(tx, memberId, at);
      const { seenBindingId, reason } = request;
      if (seenBindingId !== undefined && seenBindingId !== (current?.id ?? null)) throw this.changedMeanwhile(current);
      const from = current?.isValid ? current.guideId : null;
      const to = guide?.id ?? null;
      if (from === to) return;
      const bound = await this.bindings.bind(tx, {
        memberId,
        expectedSequence,
        guideId: to,
        storeId: guide?.storeId ?? current?.storeId ?? null,
        cause: 'transfer',
        causeId: null,
        at,
        actorId: actor.id,
        reason,
      });
      if (bound.outcome === 'lost') throw this.changedMeanwhile(current);
      const change = { old: { guideId: from }, new: { guideId: to } };
      await this.audit.record(tx, { actor, action: 'member.transfer', subject: memberId, ...change, reason });
    });
  }

  private async takerOf(tx: Tx, memberId: string, guideId: string): Promise<Guide> {
    const guide = await this.guides.find(tx, guideId);
    if (guide === null) throw notFound();
    if (guide.memberId === memberId) {
      throw new ProblemError(ProblemType.GuideNotServing, { detail: '导购不能成为自己的客户' });
    }
    if (guide.status !== GuideStatus.Active) {
      throw new ProblemError(ProblemType.GuideNotServing, { detail: `${guide.name}目前不在职，不能接收客户` });
    }
    return guide;
  }

  private changedMeanwhile(current: BindingNow | null): ProblemError {
    return new ProblemError(ProblemType.BindingConflict, {
      detail: '该会员的归属刚刚发生变化，请刷新后再操作',
      bindingId: current?.id ?? null,
    });
  }
}
