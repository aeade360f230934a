import type { HqOrder } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { OrderListQueryDto } from './order.dto.js';
import { OrderQueries } from './order.queries.js';

/** HQ's orders. */
@ApiTags('hq: orders')
@ApiBearerAuth()
@HqOnly('operator', 'finance', 'auditor')
@Controller('api/hq/orders')
export class HqOrdersController {
  constructor(private readonly queries: OrderQueries) {}

  @Get()
  @ApiOperation({ summary: 'All orders, newest first' })
  list(@Query() query: OrderListQueryDto): Promise<Page<HqOrder>> {
    return this.queries.hqPage(query.state, query.cursor);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One order' })
  one(@Param('id') orderId: string): Promise<HqOrder> {
    return this.queries.hqOrder(orderId);
  }
}
