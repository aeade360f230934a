import type { Page } from '@mall/shared/paging';
import type { GuideBalance, Payout } from '@mall/shared/payouts';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { IdempotencyKey } from '../../platform/http/idempotency.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { BalanceQueries } from './balance.queries.js';
import { CancelPayout } from './cancel-payout.service.js';
import { PayoutQueries } from './payout.queries.js';
import { GuideBalanceDto, PayoutDto, PayoutInputDto } from './payouts.dto.js';
import { RequestPayout } from './request-payout.service.js';

/** The guide's money on its way to her. Who left is still paid what she earned (R2.4). */
@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide')
export class GuidePayoutsController {
  constructor(
    private readonly balances: BalanceQueries,
    private readonly payouts: PayoutQueries,
    private readonly requestPayout: RequestPayout,
    private readonly cancelPayout: CancelPayout,
  ) {}

  @Get('balance')
  @ApiOperation({ summary: 'What I have, and what I may ask for now' })
  @ApiOkResponse({ type: GuideBalanceDto })
  balance(@CurrentGuide() guide: Guide): Promise<GuideBalance> {
    return this.balances.of(guide);
  }

  @Post('payouts')
  @ApiOperation({ summary: 'Asks for available money (R5.5)' })
  @ApiHeader({ name: 'Idempotency-Key', required: true })
  @ApiCreatedResponse({ type: PayoutDto })
  @ApiConflictResponse({ description: 'balance-insufficient, guide-state-conflict, idempotency-key-reused' })
  @ApiUnprocessableEntityResponse({ description: 'payout-limit, with the limits and what is left of the day' })
  async request(
    @CurrentGuide() guide: Guide,
    @IdempotencyKey() key: string,
    @Body() input: PayoutInputDto,
  ): Promise<Payout> {
    return this.found(guide, await this.requestPayout.execute(guide.id, key, input));
  }

  @Get('payouts')
  @ApiOperation({ summary: 'My payouts, newest first' })
  @ApiOkResponse({ type: pageDto(PayoutDto) })
  list(@CurrentGuide() guide: Guide, @Query() query: PageQuery): Promise<Page<Payout>> {
    return this.payouts.ofGuide(guide.id, query);
  }

  @Get('payouts/:id')
  @ApiOperation({ summary: 'One payout; 404 for what is not mine' })
  @ApiOkResponse({ type: PayoutDto })
  @ApiNotFoundResponse()
  one(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<Payout> {
    return this.found(guide, id);
  }

  @Post('payouts/:id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes back what of a payout was not submitted; that money is available again' })
  @ApiOkResponse({ type: PayoutDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict' })
  async cancel(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<Payout> {
    await this.cancelPayout.execute(guide.id, id);
    return this.found(guide, id);
  }

  private async found(guide: Guide, id: string): Promise<Payout> {
    const payout = await this.payouts.find(guide.id, id);
    if (payout === null) throw notFound();
    return payout;
  }
}
