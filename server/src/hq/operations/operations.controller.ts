import type { StuckEvent } from '@mall/shared/hq';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { StuckEventDto } from './operations.dto.js';
import { RetryEvent } from './retry-event.service.js';
import { StuckEvents } from './stuck-events.queries.js';

@ApiTags('hq: operations')
@ApiBearerAuth()
@Controller('api/hq/outbox')
export class OperationsController {
  constructor(
    private readonly stuckEvents: StuckEvents,
    private readonly retryEvent: RetryEvent,
  ) {}

  @Get('stuck')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Events that failed three times or more and still wait, oldest first; at most 100' })
  @ApiOkResponse({ type: [StuckEventDto] })
  list(): Promise<StuckEvent[]> {
    return this.stuckEvents.list();
  }

  @Post(':id/retry')
  @HttpCode(204)
  @HqOnly()
  @ApiOperation({ summary: 'Has a waiting event tried at once' })
  @ApiNoContentResponse()
  @ApiNotFoundResponse({ description: 'No such event waits' })
  retry(@CurrentHqUser() user: HqActor, @Param('id') id: string): Promise<void> {
    return this.retryEvent.execute(user, id);
  }
}
