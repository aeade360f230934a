import { Module } from '@nestjs/common';
import { AfterSalesModule } from '../after-sales/after-sales.public.js';
import { PaymentsModule } from '../payments/payments.public.js';
import { ApplyNotice } from './apply-notice.service.js';
import { WechatNoticesController } from './wechat-notices.controller.js';

@Module({
  imports: [AfterSalesModule, PaymentsModule],
  controllers: [WechatNoticesController],
  providers: [ApplyNotice],
})
export class NoticesModule {}
