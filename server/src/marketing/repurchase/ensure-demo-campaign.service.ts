import { CouponKind, RepurchaseTrigger } from '@mall/shared/coupons';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { CreateCampaignService } from './create-campaign.service.js';

/** The demo shop's campaign: ¥30 off from ¥150, for 30 days, for everybody who has received an order. */
const DEMO_CAMPAIGN = {
  name: '收货后复购',
  trigger: RepurchaseTrigger.Received,
  // A hold-out would leave some visitors of the demo without the coupon that they came to see.
  holdoutBps: 0,
  coupon: { name: '复购券', kind: CouponKind.AmountOff, thresholdFen: 15_000, discountFen: 3_000, validDays: 30 },
};

/** Makes the demo campaign unless there is a campaign already. Safe to repeat; the demo's seed runs it alone. */
@Injectable()
export class EnsureDemoCampaign {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly createCampaign: CreateCampaignService,
  ) {}

  /** Says whether it made one. */
  async execute(): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if ((await tx.first('SELECT id FROM coupon_campaigns LIMIT 1')) !== null) return false;
      await this.createCampaign.inside(tx, { id: 'demo', name: '演示数据' }, DEMO_CAMPAIGN);
      return true;
    });
  }
}
