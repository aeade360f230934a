import type { HqDispute } from '@mall/shared/disputes';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { DecideDispute } from './decide-dispute.service.js';
import { DisputeDecisionDto, DisputesQuery, HqDisputeDto } from './dispute.dto.js';
import { DisputeQueries } from './dispute.queries.js';

@ApiTags('hq: disputes')
@ApiBearerAuth()
@Controller('api/hq/disputes')
export class HqDisputesController {
  constructor(
    private readonly queries: DisputeQueries,
    private readonly decideDispute: DecideDispute,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Appeals of guides, newest first' })
  @ApiOkResponse({ type: pageDto(HqDisputeDto) })
  list(@Query() query: DisputesQuery): Promise<Page<HqDispute>> {
    return this.queries.page(query);
  }

  @Get(':id')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'One appeal with the evidence as it stood' })
  @ApiOkResponse({ type: HqDisputeDto })
  async one(@Param('id') id: string): Promise<HqDispute> {
    const dispute = await this.queries.one(id);
    if (dispute === null) throw notFound();
    return dispute;
  }

  @Post(':id/decide')
  @HttpCode(200)
  @HqOnly('operator', 'finance')
  @ApiOperation({ summary: 'Decides with a reason; granting moves the commission in the ledger' })
  @ApiOkResponse({ type: HqDisputeDto })
  @ApiConflictResponse({ description: 'dispute-decided · dispute-not-allowed' })
  async decide(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() decision: DisputeDecisionDto,
  ): Promise<HqDispute> {
    await this.decideDispute.execute(actor, id, decision);
    return this.one(id);
  }
}
