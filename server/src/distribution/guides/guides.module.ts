import { Module } from '@nestjs/common';
import { MembersModule } from '../../membership/members/members.public.js';
import { StoresModule } from '../stores/stores.public.js';
import { AcceptInvitation } from './accept-invitation.service.js';
import { ChangeGuideStatus } from './change-guide-status.service.js';
import { ChangeGuideTerms } from './change-guide-terms.service.js';
import { GuideGuard } from './guide.guard.js';
import { GuideInvitations } from './guide-invitations.js';
import { Guides } from './guides.js';
import { HqGuideTermsController } from './hq-guide-terms.controller.js';
import { HqGuidesController } from './hq-guides.controller.js';
import { InviteGuide } from './invite-guide.service.js';
import { MergeGuides } from './merge-guides.part.js';

const SERVICES = [
  Guides,
  GuideInvitations,
  GuideGuard,
  InviteGuide,
  AcceptInvitation,
  ChangeGuideStatus,
  ChangeGuideTerms,
];

@Module({
  imports: [MembersModule, StoresModule],
  controllers: [HqGuidesController, HqGuideTermsController],
  providers: [...SERVICES, MergeGuides],
  exports: SERVICES,
})
export class GuidesModule {}
