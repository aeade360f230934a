import type { AttributionView } from '@mall/shared/hq';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { AttributionQueries } from './attribution.queries.js';

/** Why an order is whose. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@Controller('api/hq/orders/:id/attribution')
export class AttributionController {
  constructor(
    private readonly queries: AttributionQueries,
    private readonly database: Database,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'The frozen decision: winner, reason, and every loser with the reason why it lost (R3.1)' })
  async view(@Param('id') orderId: string): Promise<AttributionView> {
    const view = await this.queries.view(this.database, orderId);
    if (view === null) throw notFound();
    return view;
  }
}
