import type { Page } from '@mall/shared/paging';
import type { BillDifference, TradeBillSummary } from '@mall/shared/trade-bills';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { AskForTradeBill } from './ask-for-trade-bill.service.js';
import { ResolveBillDifference } from './resolve-bill-difference.service.js';
import { TradeBillQueries } from './trade-bill.queries.js';
import { BillDifferenceDto, BillDifferenceQuery, BillResolutionDto, TradeBillDto } from './trade-bills.dto.js';

@ApiTags('hq: reconciliation')
@ApiBearerAuth()
@Controller('api/hq')
export class TradeBillsController {
  constructor(
    private readonly queries: TradeBillQueries,
    private readonly ask: AskForTradeBill,
    private readonly resolve: ResolveBillDifference,
  ) {}

  @Get('trade-bills')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: "WeChat's bills of all trades, newest first" })
  @ApiOkResponse({ type: pageDto(TradeBillDto) })
  list(@Query() query: PageQuery): Promise<Page<TradeBillSummary>> {
    return this.queries.page(query);
  }

  @Post('trade-bills/:date')
  @HqOnly('finance')
  @HttpCode(200)
  @ApiOperation({ summary: 'Fetches the bill of a past day if it is not stored, and compares it with the books' })
  @ApiOkResponse({ type: TradeBillDto })
  fetch(@Param('date') date: string): Promise<TradeBillSummary> {
    return this.ask.execute(date);
  }

  @Get('bill-differences')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'What bills and books do not agree on, with both rows, newest first' })
  @ApiOkResponse({ type: pageDto(BillDifferenceDto) })
  differences(@Query() query: BillDifferenceQuery): Promise<Page<BillDifference>> {
    return this.queries.differences(query);
  }

  @Post('bill-differences/:id/resolution')
  @HqOnly('finance')
  @HttpCode(204)
  @ApiOperation({ summary: 'Settles a difference with a reason; audited' })
  settle(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() { reason }: BillResolutionDto,
  ): Promise<void> {
    return this.resolve.execute(actor, id, reason);
  }
}
