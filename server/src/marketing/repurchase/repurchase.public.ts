/** The repurchase room's door. */

export { EnsureDemoCampaign } from './ensure-demo-campaign.service.js';
export { RepurchaseModule } from './repurchase.module.js';
