import { ConsentPurpose, type JoinRequest } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { POLICY_VERSION } from '../../membership/consent/consent.public.js';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { Enrolment } from './enrolment.js';
import { VerifiedPhone } from './verified-phone.js';

/** A visitor becomes a member: with her phone, her consent, and the guide who was named to her (R2.1, R2.3). */
@Injectable()
export class JoinMembership {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly members: Members,
    private readonly enrolment: Enrolment,
    private readonly phones: VerifiedPhone,
    private readonly clock: BusinessClock,
  ) {}

  /**
   * Throws 422 `consent-missing`, 409 `already-member`, 409 `join-offer-changed` with the new offer, 422
   * `phone-code-invalid`, 409 `phone-belongs-to-another` (C4), 503.
   *
   * @returns her id from now on: of the entry that held the number, when the two were merged (R2.1)
   */
  async execute(memberId: string, request: JoinRequest): Promise<string> {
    if (request.policyVersion !== POLICY_VERSION || !request.purposes.includes(ConsentPurpose.Membership)) {
      throw new ProblemError(ProblemType.ConsentMissing, {
        detail: '请阅读并同意最新的会员协议',
        policyVersion: POLICY_VERSION,
      });
    }
    const member = await this.members.find(this.database, memberId);
    if (member !== null && member.joinedAt !== null) {
      throw new ProblemError(ProblemType.AlreadyMember, { detail: '您已经是会员' });
    }
    // Before the phone: its code can be used once and costs money.
    await this.enrolment.offerAsShown(this.database, memberId, request.offerTouchId, this.clock.now());
    const phone = await this.phones.byCode(memberId, request.phoneCode);
    const enrolled = await this.unitOfWork.run((tx) =>
      this.enrolment.write(tx, { memberId, request, phone, at: this.clock.now() }),
    );
    if (enrolled.outcome === 'joined') return enrolled.memberId;
    // Thrown after the commit, which keeps HQ's case. Nothing of the other member is said.
    throw new ProblemError(ProblemType.PhoneBelongsToAnother, { detail: '该手机号已被其他会员使用，请联系客服处理' });
  }
}
