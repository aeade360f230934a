import { Module } from '@nestjs/common';
import { CouponsModule } from './coupons/coupons.module.js';
import { RepurchaseModule } from './repurchase/repurchase.module.js';

/** The marketing wing: coupons, and the campaigns that bring customers back. */
@Module({ imports: [CouponsModule, RepurchaseModule] })
export class MarketingModule {}
