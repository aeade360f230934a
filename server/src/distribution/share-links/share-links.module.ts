import { Module } from '@nestjs/common';
import { GuidesModule } from '../guides/guides.public.js';
import { ArrivalsController } from './arrivals.controller.js';
import { CodeImages } from './code-images.js';
import { MakeShareLink } from './make-share-link.service.js';
import { MergeTouches } from './merge-touches.part.js';
import { TouchPersonalData } from './personal-touches.part.js';
import { RecordTouch } from './record-touch.service.js';
import { RevokeShareLink } from './revoke-share-link.service.js';
import { ShareActivity } from './share-activity.js';
import { ShareLinkQueries } from './share-link.queries.js';
import { ShareLinksController } from './share-links.controller.js';
import { ShareLinks } from './share-links.js';
import { Touches } from './touches.js';

/** Needs the global WechatModule; SHARED_PRODUCTS comes from a global module of the mall. */
@Module({
  imports: [GuidesModule],
  controllers: [ShareLinksController, ArrivalsController],
  providers: [
    TouchPersonalData,
    ShareActivity,
    MergeTouches,
    ShareLinks,
    Touches,
    ShareLinkQueries,
    MakeShareLink,
    RevokeShareLink,
    RecordTouch,
    CodeImages,
  ],
  exports: [ShareActivity, ShareLinks, Touches, ShareLinkQueries, MakeShareLink, RecordTouch],
})
export class ShareLinksModule {}
