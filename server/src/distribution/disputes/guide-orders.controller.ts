import type { GuideAttribution, GuideOrder } from '@mall/shared/disputes';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { DisputeInputDto, GuideAttributionDto, GuideOrderDto } from './dispute.dto.js';
import { GuideOrderQueries } from './guide-order.queries.js';
import { OpenDispute } from './open-dispute.service.js';
import { WithdrawDispute } from './withdraw-dispute.service.js';

/** Whose order it was, and the appeal against that. Who left may still ask: past orders pay her (R2.4). */
@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide/orders')
export class GuideOrdersController {
  constructor(
    private readonly queries: GuideOrderQueries,
    private readonly openDispute: OpenDispute,
    private readonly withdrawDispute: WithdrawDispute,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Orders in which I had a hand, won or lost, newest first (R3.5)' })
  @ApiOkResponse({ type: pageDto(GuideOrderDto) })
  list(@CurrentGuide() guide: Guide, @Query() query: PageQuery): Promise<Page<GuideOrder>> {
    return this.queries.page(guide.id, query);
  }

  @Get(':id/attribution')
  @ApiOperation({ summary: 'Why an order is whose, as far as it concerns me' })
  @ApiOkResponse({ type: GuideAttributionDto })
  @ApiNotFoundResponse()
  async attribution(@CurrentGuide() guide: Guide, @Param('id') orderId: string): Promise<GuideAttribution> {
    const view = await this.queries.attributionOf(guide, orderId);
    if (view === null) throw notFound();
    return view;
  }

  @Post(':id/dispute')
  @HttpCode(200)
  @ApiOperation({ summary: 'Appeals, with one tap; again, it is the same appeal' })
  @ApiOkResponse({ type: GuideAttributionDto })
  @ApiConflictResponse({ description: 'dispute-not-allowed' })
  async dispute(
    @CurrentGuide() guide: Guide,
    @Param('id') orderId: string,
    @Body() { note }: DisputeInputDto,
  ): Promise<GuideAttribution> {
    await this.openDispute.execute(guide, orderId, note ?? null);
    return this.attribution(guide, orderId);
  }

  @Post(':id/dispute/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes my appeal back' })
  @ApiOkResponse({ type: GuideAttributionDto })
  @ApiConflictResponse({ description: 'dispute-decided' })
  async withdraw(@CurrentGuide() guide: Guide, @Param('id') orderId: string): Promise<GuideAttribution> {
    await this.withdrawDispute.execute(guide.id, orderId);
    return this.attribution(guide, orderId);
  }
}
