import { Module } from '@nestjs/common';
import { AddressesModule } from './addresses/addresses.module.js';
import { ConsentModule } from './consent/consent.module.js';
import { MembersModule } from './members/members.module.js';
import { MergingModule } from './merging/merging.module.js';
import { MessagesModule } from './messages/messages.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { TextsModule } from './texts/texts.module.js';

/** 会员系统: who somebody is, what she agreed to, where she lives. */
@Module({
  imports: [
    MembersModule,
    ConsentModule,
    AddressesModule,
    MergingModule,
    MessagesModule,
    PrivacyModule,
    SessionsModule,
    TextsModule,
  ],
})
export class MembershipModule {}
