import { GuideStatus, PayeeType } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { GuideEntity } from './guide.entity.js';
import { GuideInvitations, type InvitationRow } from './guide-invitations.js';
import { GuideStatusChangeEntity } from './guide-status-change.entity.js';

/** A member accepts HQ's invitation and is a guide from then on. */
@Injectable()
export class AcceptInvitation {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly invitations: GuideInvitations,
    private readonly members: Members,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * Throws 404 for an unknown code, 403 `not-member` before joining, 409 `invitation-invalid` when it was used or has
   * expired, 409 `already-guide`.
   *
   * @returns the new guide's id
   */
  async execute(memberId: string, code: string): Promise<string> {
    return this.unitOfWork.run(async (tx) => {
      const invitation = await this.invitations.byCode(tx, code);
      if (invitation === null) throw notFound();
      // A guide may not close her account, so the two must meet.
      const stands = await this.members.hold(tx, memberId);
      const member = await this.members.find(tx, memberId);
      if (!stands || member === null || member.joinedAt === null) {
        throw new ProblemError(ProblemType.NotMember, { detail: '请先加入会员' });
      }
      const now = this.clock.now();
      // The update decides: pressed twice, or by two people at once, one of them takes it.
      const taken = await tx.execute(
        'UPDATE guide_invitations SET acceptedAt = ?, acceptedBy = ? WHERE id = ? AND acceptedAt IS NULL AND expiresAt > ?',
        [now, memberId, invitation.id, now],
      );
      if (taken === 0) throw new ProblemError(ProblemType.InvitationInvalid, { detail: '邀请已被使用或已过期' });
      return this.register(tx, memberId, invitation, now);
    });
  }

  private async register(tx: Tx, memberId: string, invitation: InvitationRow, now: number): Promise<string> {
    const guide: GuideEntity = {
      id: newId('gde'),
      memberId,
      storeId: invitation.storeId,
      name: invitation.guideName,
      tier: invitation.tier,
      payeeType: PayeeType.Contractor,
      status: GuideStatus.Active,
      registeredAt: now,
      leftAt: null,
    };
    // The throw rolls back the taking of the invitation, so that it stays good for whom it was meant.
    if (!(await tx.insertOnce(GuideEntity, guide))) {
      throw new ProblemError(ProblemType.AlreadyGuide, { detail: '您已经是导购' });
    }
    await tx.insert(GuideStatusChangeEntity, {
      id: newId('sta'),
      guideId: guide.id,
      status: GuideStatus.Active,
      at: now,
      reason: '接受邀请',
      actorId: invitation.createdBy,
    });
    return guide.id;
  }
}
