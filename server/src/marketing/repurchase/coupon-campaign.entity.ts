import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** R6.3: a rule that issues repurchase coupons for what happens in [createdAt, endedAt). Only endedAt ever changes. */
@Entity('coupon_campaigns')
@Index(['triggerKind', 'createdAt'])
export class CouponCampaignEntity {
  @IdColumn()
  id: string;

  @TextColumn(60)
  name: string;

  /** RepurchaseTrigger; `trigger` is a reserved word. */
  @TextColumn(20)
  triggerKind: string;

  @RefColumn()
  templateId: string;

  /** R6.5: the share of members who get nothing. */
  @CountColumn()
  holdoutBps: number;

  /** HQ user's id, or `demo`. */
  @TextColumn(36)
  createdBy: string;

  @InstantColumn()
  createdAt: number;

  @InstantColumn({ nullable: true })
  endedAt: number | null;
}
