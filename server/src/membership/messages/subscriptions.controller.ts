import type { SubscriptionOffer } from '@mall/shared/subscriptions';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { AskForMessages } from './ask-for-messages.service.js';
import { MomentQuery, SubscriptionOfferDto, SubscriptionReportDto } from './messages.dto.js';

@ApiTags('me: messages')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/subscriptions')
export class SubscriptionsController {
  constructor(private readonly ask: AskForMessages) {}

  @Get()
  @ApiOperation({ summary: 'Which templates I may be asked for now; asking is never a condition of anything' })
  @ApiOkResponse({ type: SubscriptionOfferDto })
  offer(@CurrentMember() actor: MemberActor, @Query() { moment }: MomentQuery): Promise<SubscriptionOffer> {
    return this.ask.offer(actor.memberId, moment);
  }

  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'What I answered; one accept is one message' })
  @ApiNoContentResponse()
  @ApiUnprocessableEntityResponse({ description: 'validation-failed: also for an unknown template' })
  record(@CurrentMember() actor: MemberActor, @Body() report: SubscriptionReportDto): Promise<void> {
    return this.ask.record(actor.memberId, report);
  }
}
