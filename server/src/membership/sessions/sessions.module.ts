import { Module } from '@nestjs/common';
import { MembersModule } from '../members/members.public.js';
import { MergingModule } from '../merging/merging.public.js';
import { ClientConfigController } from './client-config.controller.js';
import { MergeSessions } from './merge-sessions.part.js';
import { SignInWithWechat } from './sign-in-with-wechat.service.js';
import { SignOut } from './sign-out.service.js';

/** Needs the global WechatModule. */
@Module({
  imports: [MembersModule, MergingModule],
  controllers: [ClientConfigController],
  providers: [MergeSessions, SignInWithWechat, SignOut],
  exports: [SignInWithWechat, SignOut],
})
export class SessionsModule {}
