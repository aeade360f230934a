import { Module } from '@nestjs/common';
import { GuidesModule } from '../guides/guides.public.js';
import { GuideNoticesController } from './guide-notices.controller.js';
import { GuideNotices } from './guide-notices.js';

@Module({
  imports: [GuidesModule],
  controllers: [GuideNoticesController],
  providers: [GuideNotices],
  exports: [GuideNotices],
})
export class NoticesModule {}
