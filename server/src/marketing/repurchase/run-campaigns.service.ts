import type { RepurchaseTrigger } from '@mall/shared/coupons';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { IssueCouponService } from '../coupons/coupons.public.js';
import { CampaignAssignmentEntity } from './campaign-assignment.entity.js';
import type { CouponCampaignEntity } from './coupon-campaign.entity.js';
import { Arm, armOf } from './holdout-arm.js';

export interface RepurchaseOccasion {
  trigger: RepurchaseTrigger;
  memberId: string;
  orderId: string;
  guideId: string | null;
  /** When it happened (business clock, epoch ms): decides which campaigns were in force, however late we learn of it. */
  at: number;
  eventId: string;
}

/** R6.3, R6.5: every campaign in force puts the member in an arm, and issues its coupon to the treated. */
@Injectable()
export class RunCampaignsService {
  constructor(private readonly issueCoupon: IssueCouponService) {}

  async execute(tx: Tx, occasion: RepurchaseOccasion): Promise<void> {
    const { trigger, memberId, orderId, guideId, at } = occasion;
    const campaigns = await tx.query<CouponCampaignEntity>(
      `SELECT * FROM coupon_campaigns WHERE triggerKind = ? AND createdAt <= ? AND (endedAt IS NULL OR endedAt > ?)
       ORDER BY id`,
      [trigger, at, at],
    );
    for (const campaign of campaigns) {
      if ((await this.assign(tx, campaign, occasion)) === Arm.Holdout) continue;
      // A refusal (sold out, member's limit, order refunded meanwhile) is an answer, not a fault: nothing to retry.
      await this.issueCoupon.execute(tx, {
        templateId: campaign.templateId,
        memberId,
        source: { kind: 'campaign', campaignId: campaign.id, orderId, guideId },
        at,
      });
    }
  }

  private async assign(tx: Tx, campaign: CouponCampaignEntity, { memberId, at, eventId }: RepurchaseOccasion) {
    const arm = armOf(campaign.id, memberId, campaign.holdoutBps);
    const row = { campaignId: campaign.id, memberId, arm, assignedAt: at, eventId };
    if (await tx.insertOnce(CampaignAssignmentEntity, row)) return arm;
    // The hash says the same every time, but an entry that was merged into hers (R2.1) may have brought its own arm.
    const before = await tx.first<{ arm: string }>(
      'SELECT arm FROM campaign_assignments WHERE campaignId = ? AND memberId = ?',
      [campaign.id, memberId],
    );
    return before?.arm ?? arm;
  }
}
