import { type MemberCase, MemberCaseState } from '@mall/shared/bindings';
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
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { pageDto } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { type CaseDecision, DecideMemberCase } from './decide-member-case.service.js';
import { CaseReasonDto, MemberCaseDto, MemberCasesQuery } from './member-cases.dto.js';
import { MemberCases } from './member-cases.js';

@ApiTags('hq: members and bindings')
@ApiBearerAuth()
@Controller('api/hq/member-cases')
export class MemberCasesController {
  constructor(
    private readonly cases: MemberCases,
    private readonly decide: DecideMemberCase,
    private readonly database: Database,
  ) {}

  @Get()
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'Entries that may be one person, or numbers that were recycled, newest first (C4)' })
  @ApiOkResponse({ type: pageDto(MemberCaseDto) })
  list(@Query() query: MemberCasesQuery): Promise<Page<MemberCase>> {
    return this.cases.page(this.database, query);
  }

  @Post(':id/merge')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'They are one person: the one who joined first stays, nothing is lost (R2.1)' })
  @ApiOkResponse({ type: MemberCaseDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'member-case-conflict: decided before, or both are guides' })
  merge(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: CaseReasonDto): Promise<MemberCase> {
    return this.settle(user, id, MemberCaseState.Merged, body);
  }

  @Post(':id/release-phone')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'The number was recycled: its old holder gives it up and stays a member' })
  @ApiOkResponse({ type: MemberCaseDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'member-case-conflict' })
  release(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: CaseReasonDto): Promise<MemberCase> {
    return this.settle(user, id, MemberCaseState.Released, body);
  }

  @Post(':id/dismiss')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Nothing to do' })
  @ApiOkResponse({ type: MemberCaseDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'member-case-conflict' })
  dismiss(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: CaseReasonDto): Promise<MemberCase> {
    return this.settle(user, id, MemberCaseState.Dismissed, body);
  }

  private async settle(user: HqActor, id: string, to: CaseDecision, { reason }: CaseReasonDto): Promise<MemberCase> {
    await this.decide.execute({ id: user.userId, name: user.username }, id, { to, reason });
    const decided = await this.cases.one(this.database, id);
    if (decided === null) throw notFound();
    return decided;
  }
}
