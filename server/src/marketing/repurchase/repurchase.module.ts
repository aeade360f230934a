import { Module } from '@nestjs/common';
import { CouponsModule } from '../coupons/coupons.public.js';
import { CampaignsController } from './campaigns.controller.js';
import { CampaignsQueries } from './campaigns.queries.js';
import { CreateCampaignService } from './create-campaign.service.js';
import { EndCampaignService } from './end-campaign.service.js';
import { EnsureDemoCampaign } from './ensure-demo-campaign.service.js';
import { IssueRepurchaseCouponWhenFirstOrderPaid } from './issue-repurchase-coupon-when-first-order-paid.handler.js';
import { IssueRepurchaseCouponWhenOrderReceived } from './issue-repurchase-coupon-when-order-received.handler.js';
import { MergeCampaigns } from './merge-campaigns.part.js';
import { RunCampaignsService } from './run-campaigns.service.js';
import { VoidUnusedCouponsWhenOrderFullyRefunded } from './void-unused-coupons-when-order-fully-refunded.handler.js';

@Module({
  imports: [CouponsModule],
  controllers: [CampaignsController],
  providers: [
    CampaignsQueries,
    CreateCampaignService,
    EndCampaignService,
    EnsureDemoCampaign,
    IssueRepurchaseCouponWhenFirstOrderPaid,
    IssueRepurchaseCouponWhenOrderReceived,
    MergeCampaigns,
    RunCampaignsService,
    VoidUnusedCouponsWhenOrderFullyRefunded,
  ],
  exports: [EnsureDemoCampaign],
})
export class RepurchaseModule {}
