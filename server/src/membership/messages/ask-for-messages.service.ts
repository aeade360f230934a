import { ContactPreference } from '@mall/shared/membership';
import { ProblemType } from '@mall/shared/problems';
import {
  MessageKind,
  MOST_TEMPLATES_AT_ONCE,
  SubscriptionMoment,
  type SubscriptionOffer,
  type SubscriptionReport,
} from '@mall/shared/subscriptions';
import { Inject, Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import { Members } from '../members/members.public.js';
import { MessageGrants } from './message-grants.js';

/** What is useful to hear after what she has just done. */
const KINDS: Readonly<Record<SubscriptionMoment, readonly MessageKind[]>> = {
  payment: [MessageKind.OrderShipped, MessageKind.CouponExpiring],
  coupon: [MessageKind.CouponExpiring],
  payout: [MessageKind.PayoutArrived, MessageKind.CommissionAvailable],
  'guide-desk': [MessageKind.RateChanged, MessageKind.CommissionAvailable],
};
const CUSTOMERS: readonly SubscriptionMoment[] = [SubscriptionMoment.Payment, SubscriptionMoment.Coupon];

/** Which messages she may be asked for, and what she answered. */
@Injectable()
export class AskForMessages {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly members: Members,
    private readonly grants: MessageGrants,
    private readonly clock: BusinessClock,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Nothing for who wants to be left alone (R2.5), who said no lately, or who has some left. */
  async offer(memberId: string, moment: SubscriptionMoment): Promise<SubscriptionOffer> {
    const templateIds = KINDS[moment].flatMap((kind) => this.config.messages?.[kind]?.id ?? []);
    if (templateIds.length === 0) return { templateIds };
    const member = await this.members.standing(this.database, memberId);
    const isLeftAlone = member.contactPreference === ContactPreference.Nobody && CUSTOMERS.includes(moment);
    if (isLeftAlone) return { templateIds: [] };
    const askable = await this.grants.askable(this.database, member.id, templateIds, this.clock.now());
    return { templateIds: askable.slice(0, MOST_TEMPLATES_AT_ONCE) };
  }

  /** Throws 422 `validation-failed` for a template that is none of the shop's. Told twice, it counts once. */
  async record(memberId: string, { moment, requestId, outcomes }: SubscriptionReport): Promise<void> {
    const known = new Set(Object.values(this.config.messages ?? {}).map(({ id }) => id));
    const stranger = outcomes.findIndex(({ templateId }) => !known.has(templateId));
    if (stranger >= 0) {
      const errors = [{ field: `outcomes.${stranger}.templateId`, message: '没有这个消息模板' }];
      throw new ProblemError(ProblemType.ValidationFailed, { errors });
    }
    const at = this.clock.now();
    await this.unitOfWork.run(async (tx) => {
      const openid = await this.members.openidOf(tx, memberId, this.config.appId);
      if (openid === null) return;
      for (const outcome of outcomes) {
        await this.grants.record(tx, { memberId, openid, requestId, moment, ...outcome, at });
      }
    });
  }
}
