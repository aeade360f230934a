import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { WechatPushController } from './push.controller.js';
import { PushHandlers } from './push-handler.js';
import { ReceivePush } from './receive-push.service.js';

/** What WeChat tells us of its own accord. Apart from the clients, since it needs a database. */
@Module({
  imports: [DiscoveryModule],
  controllers: [WechatPushController],
  providers: [PushHandlers, ReceivePush],
})
export class WechatPushModule {}
