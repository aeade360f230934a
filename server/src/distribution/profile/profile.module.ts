import { Module } from '@nestjs/common';
import { ConsentModule } from '../../membership/consent/consent.public.js';
import { MembersModule } from '../../membership/members/members.public.js';
import { SessionsModule } from '../../membership/sessions/sessions.public.js';
import { BindingsModule } from '../bindings/bindings.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { ShareLinksModule } from '../share-links/share-links.public.js';
import { Enrolment } from './enrolment.js';
import { GuideCustomerQueries } from './guide-customer.queries.js';
import { GuideCustomersController } from './guide-customers.controller.js';
import { GuideInvitationsController } from './guide-invitations.controller.js';
import { JoinMembership } from './join-membership.service.js';
import { JoinOffers } from './join-offers.js';
import { MeController } from './me.controller.js';
import { MeQueries } from './me.queries.js';
import { SessionsController } from './sessions.controller.js';
import { VerifiedPhone } from './verified-phone.js';

/** Needs the global WechatModule. */
@Module({
  imports: [MembersModule, ConsentModule, SessionsModule, GuidesModule, ShareLinksModule, BindingsModule],
  controllers: [SessionsController, MeController, GuideInvitationsController, GuideCustomersController],
  providers: [MeQueries, GuideCustomerQueries, JoinOffers, JoinMembership, Enrolment, VerifiedPhone],
  exports: [MeQueries, JoinOffers, JoinMembership],
})
export class ProfileModule {}
