import { Module } from '@nestjs/common';
import { CodeImagesModule } from '../code-images/code-images.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { UrlLinksModule } from '../url-links/url-links.public.js';
import { ChannelArrivals } from './channel-arrivals.js';
import { ChannelCodeQueries } from './channel-code.queries.js';
import { ChannelCodesController } from './channel-codes.controller.js';
import { ChannelCodes } from './channel-codes.js';
import { CheckChannelCode } from './check-channel-code.js';
import { MergeChannelAssignments } from './merge-channel-assignments.part.js';
import { ChannelAssignmentPersonalData } from './personal-channel-assignments.part.js';
import { WriteChannelCode } from './write-channel-code.service.js';

/** SHARED_PRODUCTS comes from a global module of the mall. */
@Module({
  imports: [CodeImagesModule, GuidesModule, StoresModule, UrlLinksModule],
  controllers: [ChannelCodesController],
  providers: [
    ChannelArrivals,
    ChannelCodeQueries,
    ChannelCodes,
    CheckChannelCode,
    ChannelAssignmentPersonalData,
    MergeChannelAssignments,
    WriteChannelCode,
  ],
  exports: [ChannelArrivals, ChannelCodeQueries],
})
export class ChannelCodesModule {}
