import type { Page } from '@mall/shared/paging';
import type { MessageTally, SubscribeMessageView } from '@mall/shared/subscriptions';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { MessageQueries } from './message.queries.js';
import { MessagesQuery, MessageTallyDto, SubscribeMessageDto } from './messages.dto.js';

@ApiTags('hq: messages')
@ApiBearerAuth()
@Controller('api/hq/messages')
export class HqMessagesController {
  constructor(private readonly queries: MessageQueries) {}

  @Get()
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'Subscribe messages and how they ended, newest first; what they said is not kept' })
  @ApiOkResponse({ type: pageDto(SubscribeMessageDto) })
  page(@Query() query: MessagesQuery): Promise<Page<SubscribeMessageView>> {
    return this.queries.page(query);
  }

  @Get('tallies')
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'For each kind: whether it is set up, accepts in hand, and how messages ended' })
  @ApiOkResponse({ type: [MessageTallyDto] })
  tallies(): Promise<MessageTally[]> {
    return this.queries.tallies();
  }
}
