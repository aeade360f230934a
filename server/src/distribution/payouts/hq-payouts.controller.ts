import type { Page } from '@mall/shared/paging';
import { type HqPayout, PayoutState } from '@mall/shared/payouts';
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
import { notFound } from '../../platform/http/problem.js';
import { CancelPayout } from './cancel-payout.service.js';
import { DecidePayout, type PayoutDecision } from './decide-payout.service.js';
import { PayoutQueries } from './payout.queries.js';
import { ApprovePayoutDto, HqPayoutDto, HqPayoutsQuery, PayoutReasonDto, RejectPayoutDto } from './payouts.dto.js';
import { SettleByPayroll } from './settle-by-payroll.service.js';

/** HQ approves what is above the threshold of the settings, and pays employees by payroll. */
@ApiTags('hq: payouts')
@ApiBearerAuth()
@Controller('api/hq/payouts')
export class HqPayoutsController {
  constructor(
    private readonly payouts: PayoutQueries,
    private readonly decide: DecidePayout,
    private readonly cancelPayout: CancelPayout,
    private readonly settleByPayroll: SettleByPayroll,
  ) {}

  @Get()
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'Payouts of all guides, newest first' })
  @ApiOkResponse({ type: pageDto(HqPayoutDto) })
  list(@Query() query: HqPayoutsQuery): Promise<Page<HqPayout>> {
    return this.payouts.all(query);
  }

  @Get(':id')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'One payout' })
  @ApiOkResponse({ type: HqPayoutDto })
  @ApiNotFoundResponse()
  one(@Param('id') id: string): Promise<HqPayout> {
    return this.found(id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Approves a payout: its transfers are sent; an employee’s waits for payroll' })
  @ApiOkResponse({ type: HqPayoutDto })
  @ApiConflictResponse({ description: 'payout-state-conflict' })
  approve(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: ApprovePayoutDto): Promise<HqPayout> {
    return this.decided(user, { payoutId: id, to: PayoutState.Approved, reason: body.reason ?? null });
  }

  @Post(':id/reject')
  @HttpCode(200)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Rejects a payout: the money is available again' })
  @ApiOkResponse({ type: HqPayoutDto })
  @ApiConflictResponse({ description: 'payout-state-conflict' })
  reject(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: RejectPayoutDto): Promise<HqPayout> {
    return this.decided(user, { payoutId: id, to: PayoutState.Rejected, reason: body.reason });
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Takes back what of a payout was not submitted: that money is available again' })
  @ApiOkResponse({ type: HqPayoutDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict: nothing is left to take back' })
  async cancel(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() body: PayoutReasonDto,
  ): Promise<HqPayout> {
    await this.cancelPayout.byHq({ actor: actorOf(user), payoutId: id, reason: body.reason });
    return this.found(id);
  }

  @Post(':id/settle-by-payroll')
  @HttpCode(200)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Writes down that an employee’s approved payout was paid with her wages (R5.5)' })
  @ApiOkResponse({ type: HqPayoutDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict: not approved, or not an employee’s' })
  async payroll(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() body: PayoutReasonDto,
  ): Promise<HqPayout> {
    await this.settleByPayroll.execute({ actor: actorOf(user), payoutId: id, reason: body.reason });
    return this.found(id);
  }

  private async decided(user: HqActor, decision: PayoutDecision): Promise<HqPayout> {
    await this.decide.execute(actorOf(user), decision);
    return this.found(decision.payoutId);
  }

  private async found(id: string): Promise<HqPayout> {
    const payout = await this.payouts.findForHq(id);
    if (payout === null) throw notFound();
    return payout;
  }
}

function actorOf({ userId, username }: HqActor): { id: string; name: string } {
  return { id: userId, name: username };
}
