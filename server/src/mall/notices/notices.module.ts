import { Module } from '@nestjs/common';
import { PayoutsModule } from '../../distribution/payouts/payouts.public.js';
import { AfterSalesModule } from '../after-sales/after-sales.public.js';
import { PaymentsModule } from '../payments/payments.public.js';
import { ApplyNotice } from './apply-notice.service.js';
import { WechatNoticesController } from './wechat-notices.controller.js';

@Module({
  imports: [AfterSalesModule, PaymentsModule, PayoutsModule],
  controllers: [WechatNoticesController],
  providers: [ApplyNotice],
})
export class NoticesModule {}
