import { StockAdjustmentEntity } from './mall/stock/stock-adjustment.entity.js';
import { StockLevelEntity } from './mall/stock/stock-level.entity.js';
import { CouponEntity } from './marketing/coupons/coupon.entity.js';
import { CouponMemberSlotEntity } from './marketing/coupons/coupon-member-slot.entity.js';
import { CouponSourceOrderEntity } from './marketing/coupons/coupon-source-order.entity.js';
import { CouponTemplateEntity } from './marketing/coupons/coupon-template.entity.js';
import { CampaignAssignmentEntity } from './marketing/repurchase/campaign-assignment.entity.js';
import { CouponCampaignEntity } from './marketing/repurchase/coupon-campaign.entity.js';
import { FirstPaidOrderEntity } from './marketing/repurchase/first-paid-order.entity.js';
import { AuditEntryEntity } from './platform/audit/audit-entry.entity.js';
import { SessionEntity } from './platform/auth/session.entity.js';
import type { EntityClass } from './platform/database/tx.js';
import { IdempotencyKeyEntity } from './platform/http/idempotency-key.entity.js';
import { HandledEventEntity } from './platform/outbox/handled-event.entity.js';
import { OutboxEventEntity } from './platform/outbox/outbox-event.entity.js';
import { SettingVersionEntity } from './platform/settings/setting-version.entity.js';

/** Every table, from the ground up: a table stands below those that refer to it. */
export const ENTITIES: EntityClass<object>[] = [
  AuditEntryEntity,
  HandledEventEntity,
  IdempotencyKeyEntity,
  OutboxEventEntity,
  SessionEntity,
  SettingVersionEntity,
  CouponTemplateEntity,
  CouponEntity,
  CouponMemberSlotEntity,
  CouponSourceOrderEntity,
  CouponCampaignEntity,
  CampaignAssignmentEntity,
  FirstPaidOrderEntity,
  StockLevelEntity,
  StockAdjustmentEntity,
];
