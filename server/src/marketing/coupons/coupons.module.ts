import { Module } from '@nestjs/common';
import { MembersModule } from '../../membership/members/members.public.js';
import { MessagesModule } from '../../membership/messages/messages.public.js';
import { CouponsController } from './coupons.controller.js';
import { CouponsQueries } from './coupons.queries.js';
import { Coupons } from './coupons.service.js';
import { CreateTemplateService } from './create-template.service.js';
import { GrantCouponService } from './grant-coupon.service.js';
import { HqCouponsController } from './hq-coupons.controller.js';
import { IssueCouponService } from './issue-coupon.service.js';
import { MergeCoupons } from './merge-coupons.part.js';
import { CouponPersonalData } from './personal-coupons.part.js';
import { RemindOfExpiringCoupons } from './remind-of-expiring-coupons.job.js';
import { UseCouponsService } from './use-coupons.service.js';
import { VoidCouponsService } from './void-coupons.service.js';

@Module({
  imports: [MembersModule, MessagesModule],
  controllers: [CouponsController, HqCouponsController],
  providers: [
    CouponPersonalData,
    Coupons,
    CouponsQueries,
    CreateTemplateService,
    GrantCouponService,
    IssueCouponService,
    MergeCoupons,
    RemindOfExpiringCoupons,
    UseCouponsService,
    VoidCouponsService,
  ],
  exports: [Coupons, CreateTemplateService, GrantCouponService, IssueCouponService, VoidCouponsService],
})
export class CouponsModule {}
