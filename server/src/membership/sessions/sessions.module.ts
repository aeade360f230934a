import { Module } from '@nestjs/common';
import { MembersModule } from '../members/members.public.js';
import { ClientConfigController } from './client-config.controller.js';
import { SignInWithWechat } from './sign-in-with-wechat.service.js';
import { SignOut } from './sign-out.service.js';

/** Needs the global WechatModule. */
@Module({
  imports: [MembersModule],
  controllers: [ClientConfigController],
  providers: [SignInWithWechat, SignOut],
  exports: [SignInWithWechat, SignOut],
})
export class SessionsModule {}
