import type { PayoutContradiction } from '@mall/shared/payouts';
import { ProblemType } from '@mall/shared/problems';
import { Body, Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { businessDayRange, businessMonthRange } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { asCsvFile } from '../../platform/http/csv.js';
import { ProblemError } from '../../platform/http/problem.js';
import { PayoutContradictions } from './payout-contradictions.js';
import { PayoutReasonDto } from './payouts.dto.js';
import { ContradictionsQuery, PayoutContradictionDto, PayrollQuery } from './payroll.dto.js';
import { PayrollQueries } from './payroll.queries.js';
import { ResolveContradiction } from './resolve-contradiction.service.js';

/** What HQ's people take from here: the list for payroll, and what WeChat said that does not fit. */
@ApiTags('hq: payouts')
@ApiBearerAuth()
@Controller('api/hq')
export class HqPayrollController {
  constructor(
    private readonly payroll: PayrollQueries,
    private readonly contradictions: PayoutContradictions,
    private readonly resolveContradiction: ResolveContradiction,
    private readonly database: Database,
  ) {}

  @Get('payroll.csv')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'Employees’ approved payouts of a month, or of a range of days, in yuan; changes nothing' })
  @ApiOkResponse({ description: 'text/csv, UTF-8 with its mark' })
  @ApiUnprocessableEntityResponse({ description: 'validation-failed: neither a month nor a range' })
  csv(@Query() query: PayrollQuery, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const range = rangeOf(query);
    asCsvFile(reply, `payroll-${query.month ?? `${query.from}-${query.to}`}`);
    return this.payroll.csv(range);
  }

  @Get('payout-contradictions')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'What WeChat says of transfers that does not fit what was sent; newest first, 100 at most' })
  @ApiOkResponse({ type: [PayoutContradictionDto] })
  list(@Query() { open }: ContradictionsQuery): Promise<PayoutContradiction[]> {
    return this.contradictions.list(this.database, { open: open === '1', limit: 100 });
  }

  @Post('payout-contradictions/:id/resolve')
  @HttpCode(204)
  @HqOnly('finance')
  @ApiOperation({ summary: 'Somebody has looked at it; moves no money' })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'payout-state-conflict: resolved before' })
  resolve(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() { reason }: PayoutReasonDto): Promise<void> {
    const actor = { id: user.userId, name: user.username };
    return this.resolveContradiction.execute({ actor, contradictionId: id, reason });
  }
}

/** [from, to). Throws 422 for neither and for an end before its beginning. */
function rangeOf({ month, from, to }: PayrollQuery): { from: number; to: number } {
  if (month !== undefined && from === undefined && to === undefined) return businessMonthRange(month);
  if (month !== undefined || from === undefined || to === undefined || from > to) {
    const faults = [{ path: 'month', message: '请给出一个月份，或起止两个日期' }];
    throw new ProblemError(ProblemType.ValidationFailed, { faults });
  }
  return businessDayRange(from, to);
}
