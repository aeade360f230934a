import { Module } from '@nestjs/common';
import { ChannelCodesModule } from '../channel-codes/channel-codes.public.js';
import { CodeImagesModule } from '../code-images/code-images.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { PostersModule } from '../posters/posters.public.js';
import { UrlLinksModule } from '../url-links/url-links.public.js';
import { ArrivalsController } from './arrivals.controller.js';
import { ChannelOpensController } from './channel-opens.controller.js';
import { ChannelOpensQueries } from './channel-opens.queries.js';
import { LinkShareLink } from './link-share-link.service.js';
import { MakeShareLink } from './make-share-link.service.js';
import { MergeTouches } from './merge-touches.part.js';
import { TouchPersonalData } from './personal-touches.part.js';
import { PosterOfLink } from './poster-of-link.service.js';
import { PostersController } from './posters.controller.js';
import { RecordTouch } from './record-touch.service.js';
import { RevokeShareLink } from './revoke-share-link.service.js';
import { ShareActivity } from './share-activity.js';
import { ShareLinkQueries } from './share-link.queries.js';
import { ShareLinksController } from './share-links.controller.js';
import { ShareLinks } from './share-links.js';
import { Touches } from './touches.js';

/** Needs the global WechatModule; SHARED_PRODUCTS comes from a global module of the mall. */
@Module({
  imports: [ChannelCodesModule, CodeImagesModule, GuidesModule, PostersModule, UrlLinksModule],
  controllers: [ShareLinksController, ArrivalsController, ChannelOpensController, PostersController],
  providers: [
    TouchPersonalData,
    ShareActivity,
    MergeTouches,
    ShareLinks,
    Touches,
    ShareLinkQueries,
    LinkShareLink,
    MakeShareLink,
    PosterOfLink,
    RevokeShareLink,
    RecordTouch,
    ChannelOpensQueries,
  ],
  exports: [ShareActivity, ShareLinks, Touches, ShareLinkQueries, MakeShareLink, RecordTouch],
})
export class ShareLinksModule {}
