/** The repurchase room's door. */
import { CampaignAssignmentEntity } from './campaign-assignment.entity.js';
import { CouponCampaignEntity } from './coupon-campaign.entity.js';
import { FirstPaidOrderEntity } from './first-paid-order.entity.js';

export { EnsureDemoCampaign } from './ensure-demo-campaign.service.js';
export { RepurchaseModule } from './repurchase.module.js';
export const REPURCHASE_ENTITIES = [CouponCampaignEntity, CampaignAssignmentEntity, FirstPaidOrderEntity];
