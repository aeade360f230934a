import type { AttributionReplay, AttributionView } from '@mall/shared/hq';
import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { AttributionQueryDto, AttributionReplayDto, AttributionViewDto } from './attribution.dto.js';
import { AttributionQueries } from './attribution.queries.js';
import { ReplayAttribution } from './replay-attribution.service.js';

/** Why an order is whose. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@Controller('api/hq/orders/:id/attribution')
export class AttributionController {
  constructor(
    private readonly queries: AttributionQueries,
    private readonly replayAttribution: ReplayAttribution,
    private readonly database: Database,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'The frozen decision: winner, reason, and every loser with the reason why it lost (R3.1)' })
  @ApiOkResponse({ type: AttributionViewDto })
  @ApiNotFoundResponse({ description: 'No such order' })
  async view(@Param('id') orderId: string, @Query() { evidence }: AttributionQueryDto): Promise<AttributionView> {
    const view = await this.queries.view(this.database, orderId, evidence === '1');
    if (view === null) throw notFound();
    return view;
  }

  @Post('replay')
  @HttpCode(200)
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Decides again from the stored evidence alone and compares; changes nothing (R3.4)' })
  @ApiOkResponse({ type: AttributionReplayDto })
  @ApiNotFoundResponse({ description: 'No such order' })
  async replay(@Param('id') orderId: string): Promise<AttributionReplay> {
    const replay = await this.replayAttribution.execute(this.database, orderId);
    if (replay === null) throw notFound();
    return replay;
  }
}
