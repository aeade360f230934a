import type { Page } from '@mall/shared/paging';
import type { HqText, HqTextCounts } from '@mall/shared/texts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { DecideText, type HqDecision } from './decide-text.service.js';
import { TextQueries } from './text.queries.js';
import { HqTextCountsDto, HqTextDto, HqTextsQuery, TextDecisionDto } from './texts.dto.js';

@ApiTags('hq: texts')
@ApiBearerAuth()
@Controller('api/hq/texts')
export class HqTextsController {
  constructor(
    private readonly queries: TextQueries,
    private readonly decide: DecideText,
  ) {}

  @Get()
  @HqOnly('operator')
  @ApiOperation({ summary: 'Texts that wait to be shown, oldest first, with label and age; or decided ones (§9)' })
  @ApiOkResponse({ type: pageDto(HqTextDto) })
  list(@Query() query: HqTextsQuery): Promise<Page<HqText>> {
    return this.queries.page(query);
  }

  @Get('counts')
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'How many wait, for what, and since when' })
  @ApiOkResponse({ type: HqTextCountsDto })
  counts(): Promise<HqTextCounts> {
    return this.queries.counts();
  }

  @Post(':id/pass')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Others may see it' })
  @ApiOkResponse({ type: HqTextDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'text-decided' })
  pass(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() { reason }: TextDecisionDto): Promise<HqText> {
    return this.end(user, id, { to: 'shown', reason });
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Others may not see it; she reads the reason' })
  @ApiOkResponse({ type: HqTextDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'text-decided' })
  refuse(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() { reason }: TextDecisionDto,
  ): Promise<HqText> {
    return this.end(user, id, { to: 'refused', reason });
  }

  private async end(user: HqActor, id: string, decision: HqDecision): Promise<HqText> {
    await this.decide.execute({ id: user.userId, name: user.username }, id, decision);
    return this.queries.one(id);
  }
}
