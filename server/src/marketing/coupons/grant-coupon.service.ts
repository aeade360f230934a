import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import type { HqActor } from '../../platform/auth/actor.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency } from '../../platform/http/idempotency.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { IssueCouponService, type IssueRefusal } from './issue-coupon.service.js';

const REFUSALS: Record<Exclude<IssueRefusal, 'no_template'>, string> = {
  template_ended: '该优惠券已停止发放',
  sold_out: '该优惠券已发完',
  member_limit: '该会员已达领取上限',
  source_refunded: '来源订单已全额退款',
};

export interface CouponGrant {
  templateId: string;
  memberId: string;
  reason: string;
  /** The Idempotency-Key: a button pressed twice grants once. */
  key: string;
}

/** R6.5, C23: HQ gives one member one coupon, hold-out or not. Limits of the template hold. Audited. */
@Injectable()
export class GrantCouponService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly issueCoupon: IssueCouponService,
    private readonly idempotency: Idempotency,
    private readonly audit: AuditLog,
    private readonly clock: BusinessClock,
    private readonly members: Members,
  ) {}

  /** The coupon's id. Throws 404 for an unknown template or member, 409 coupon-not-applicable when a limit refuses. */
  async execute(actor: HqActor, grant: CouponGrant): Promise<string> {
    const { templateId, memberId, reason, key } = grant;
    const call = { actorId: actor.userId, operation: 'grant-coupon', key, body: { templateId, memberId, reason } };
    return this.unitOfWork.run(async (tx) => {
      if ((await this.members.find(tx, memberId)) === null) throw notFound();
      const couponId = newId('cpn');
      // The key is taken first: of two requests with one key the second waits here, then answers with the first's coupon.
      const earlier = await this.idempotency.claim(tx, call, couponId);
      if (earlier !== null) return earlier;
      const source = { kind: 'hq_grant', grantId: couponId } as const;
      const issued = await this.issueCoupon.execute(tx, { templateId, memberId, source, at: this.clock.now() });
      if (issued.outcome === 'refused') {
        if (issued.reason === 'no_template') throw notFound();
        throw new ProblemError(ProblemType.CouponNotApplicable, { detail: REFUSALS[issued.reason] });
      }
      await this.audit.record(tx, {
        actor: { id: actor.userId, name: actor.username },
        action: 'coupon.grant',
        subject: memberId,
        old: null,
        new: { couponId, templateId },
        reason,
      });
      return couponId;
    });
  }
}
