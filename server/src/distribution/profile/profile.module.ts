import { Module } from '@nestjs/common';
import { ConsentModule } from '../../membership/consent/consent.public.js';
import { MembersModule } from '../../membership/members/members.public.js';
import { MergingModule } from '../../membership/merging/merging.public.js';
import { SessionsModule } from '../../membership/sessions/sessions.public.js';
import { TextsModule } from '../../membership/texts/texts.public.js';
import { BindingsModule } from '../bindings/bindings.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { ChooseGuide } from './choose-guide.service.js';
import { Enrolment } from './enrolment.js';
import { GuideChoices } from './guide-choices.js';
import { GuideCustomerQueries } from './guide-customer.queries.js';
import { GuideCustomersController } from './guide-customers.controller.js';
import { GuideInvitationsController } from './guide-invitations.controller.js';
import { JoinMembership } from './join-membership.service.js';
import { JoinOffers } from './join-offers.js';
import { JoinWithName } from './join-with-name.service.js';
import { MeController } from './me.controller.js';
import { MeQueries } from './me.queries.js';
import { MyGuideController } from './my-guide.controller.js';
import { MyGuideQueries } from './my-guide.queries.js';
import { SamePhone } from './same-phone.js';
import { SessionsController } from './sessions.controller.js';
import { VerifiedPhone } from './verified-phone.js';

/** Needs the global WechatModule. */
@Module({
  imports: [
    MembersModule,
    MergingModule,
    ConsentModule,
    SessionsModule,
    TextsModule,
    GuidesModule,
    ShareLinksModule,
    StoresModule,
    BindingsModule,
  ],
  controllers: [
    SessionsController,
    MeController,
    MyGuideController,
    GuideInvitationsController,
    GuideCustomersController,
  ],
  providers: [
    ChooseGuide,
    GuideChoices,
    MeQueries,
    MyGuideQueries,
    GuideCustomerQueries,
    JoinOffers,
    JoinMembership,
    JoinWithName,
    Enrolment,
    SamePhone,
    VerifiedPhone,
  ],
  exports: [MeQueries, JoinMembership, JoinOffers, JoinWithName],
})
export class ProfileModule {}
