import { Module } from '@nestjs/common';
import { MembersModule } from '../../membership/members/members.public.js';
import { BindingsModule } from '../bindings/bindings.public.js';
import { GuidesModule } from '../guides/guides.public.js';
import { ConnectGuide } from './connect-guide.service.js';
import { FindContactCode } from './contact-code.service.js';
import { Follow } from './follow.js';
import { IdentifyContact } from './identify-contact.service.js';
import { IdentifyContacts } from './identify-contacts.job.js';
import { MergeWecom } from './merge-wecom.part.js';
import { WecomPersonalData } from './personal-wecom.part.js';
import { TakeContactChange } from './take-contact-change.service.js';
import { WecomController } from './wecom.controller.js';
import { WecomCallbackController } from './wecom-callback.controller.js';
import { WecomContactsQueries } from './wecom-contacts.queries.js';

/** Needs the global WecomModule of the WeChat wing. */
@Module({
  imports: [MembersModule, BindingsModule, GuidesModule],
  controllers: [WecomController, WecomCallbackController],
  providers: [
    ConnectGuide,
    FindContactCode,
    Follow,
    IdentifyContact,
    IdentifyContacts,
    MergeWecom,
    WecomPersonalData,
    TakeContactChange,
    WecomContactsQueries,
  ],
  exports: [ConnectGuide],
})
export class WecomContactsModule {}
