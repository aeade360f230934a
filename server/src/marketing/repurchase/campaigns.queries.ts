import type { CouponCampaign, RepurchaseTrigger } from '@mall/shared/coupons';
import { bps } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { notFound } from '../../platform/http/problem.js';
import type { CouponCampaignEntity } from './coupon-campaign.entity.js';
import type { Arm } from './holdout-arm.js';

/** R6.5: what members of one arm did after they were assigned, whoever gave them the coupon (C23). */
export interface ArmOutcome {
  arm: Arm;
  members: number;
  /** Members who have redeemed any coupon since they were assigned. */
  membersWhoRedeemed: number;
  couponsRedeemed: number;
}

type CampaignRow = CouponCampaignEntity & { issued: number; redeemed: number; heldOut: number };

// Counts are folded from the rows themselves each time, so they cannot drift from them.
const SELECT = `SELECT k.*,
    (SELECT COUNT(*) FROM coupons c WHERE c.sourceKind = 'campaign' AND c.sourceId = k.id) AS issued,
    (SELECT COUNT(*) FROM coupons c WHERE c.sourceKind = 'campaign' AND c.sourceId = k.id AND c.state = 'redeemed')
      AS redeemed,
    (SELECT COUNT(*) FROM campaign_assignments a WHERE a.campaignId = k.id AND a.arm = 'holdout') AS heldOut
  FROM coupon_campaigns k`;

function toCampaign(row: CampaignRow): CouponCampaign {
  return {
    id: row.id,
    name: row.name,
    trigger: row.triggerKind as RepurchaseTrigger,
    holdoutBps: bps(row.holdoutBps),
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    issued: row.issued,
    redeemed: row.redeemed,
    heldOut: row.heldOut,
  };
}

@Injectable()
export class CampaignsQueries {
  /** The newest 100 campaigns. */
  async list(reader: Reader): Promise<CouponCampaign[]> {
    const rows = await reader.query<CampaignRow>(`${SELECT} ORDER BY k.createdAt DESC, k.id DESC LIMIT 100`);
    return rows.map(toCampaign);
  }

  /** Throws 404. */
  async one(reader: Reader, campaignId: string): Promise<CouponCampaign> {
    const row = await reader.first<CampaignRow>(`${SELECT} WHERE k.id = ?`, [campaignId]);
    if (row === null) throw notFound();
    return toCampaign(row);
  }

  /** Arms by assignment (R6.5): a held-out member who gets a coupon elsewhere stays in the hold-out. */
  async arms(reader: Reader, campaignId: string): Promise<ArmOutcome[]> {
    return reader.query<ArmOutcome>(
      `SELECT a.arm, COUNT(DISTINCT a.memberId) AS members, COUNT(DISTINCT c.memberId) AS membersWhoRedeemed,
         COUNT(c.id) AS couponsRedeemed
       FROM campaign_assignments a
       LEFT JOIN coupons c ON c.memberId = a.memberId AND c.state = 'redeemed' AND c.redeemedAt >= a.assignedAt
       WHERE a.campaignId = ? GROUP BY a.arm ORDER BY a.arm`,
      [campaignId],
    );
  }
}
