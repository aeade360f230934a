import { Module } from '@nestjs/common';
import { MembersModule } from '../members/members.public.js';
import { AskForMessages } from './ask-for-messages.service.js';
import { HqMessagesController } from './hq-messages.controller.js';
import { MergeMessages } from './merge-messages.part.js';
import { MessageQueries } from './message.queries.js';
import { MessageClocks } from './message-clocks.js';
import { MessageGrants } from './message-grants.js';
import { MessageLimits } from './message-limits.js';
import { MessageTurns } from './message-turns.js';
import { Messages } from './messages.js';
import { MessagePersonalData } from './personal-messages.part.js';
import { SendMessage } from './send-message.service.js';
import { SendMessages } from './send-messages.job.js';
import { SubscriptionsController } from './subscriptions.controller.js';

@Module({
  imports: [MembersModule],
  controllers: [HqMessagesController, SubscriptionsController],
  providers: [
    AskForMessages,
    MergeMessages,
    MessageClocks,
    MessageGrants,
    MessageLimits,
    MessagePersonalData,
    MessageQueries,
    MessageTurns,
    Messages,
    SendMessage,
    SendMessages,
  ],
  exports: [Messages],
})
export class MessagesModule {}
