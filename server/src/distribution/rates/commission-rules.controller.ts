import type { CommissionRule } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import type { DryRun } from '@mall/shared/rates';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { ProblemError } from '../../platform/http/problem.js';
import { CommissionRuleQueries } from './commission-rule.queries.js';
import { DryRunDto } from './dry-run.dto.js';
import { EndRate } from './end-rate.service.js';
import { PreviewRate } from './preview-rate.service.js';
import { ProposeRate } from './propose-rate.service.js';
import { PublishRate } from './publish-rate.service.js';
import { CommissionRuleDto } from './rate-views.dto.js';
import { CommissionRuleInputDto, EndRateRequestDto, RuleHistoryQuery, RuleListQuery } from './rates.dto.js';

/** HQ's rates, and those of stores within what HQ left them. */
@ApiTags('hq: commission')
@ApiBearerAuth()
@Controller('api/hq/commission-rules')
export class CommissionRulesController {
  constructor(
    private readonly publishRate: PublishRate,
    private readonly endRate: EndRate,
    private readonly propose: ProposeRate,
    private readonly preview: PreviewRate,
    private readonly queries: CommissionRuleQueries,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({
    summary: 'Versions, campaigns, ends and stops, newest first; a store manager’s are those of her store',
  })
  @ApiOkResponse({ type: pageDto(CommissionRuleDto) })
  list(@CurrentHqUser() actor: HqActor, @Query() query: RuleListQuery): Promise<Page<CommissionRule>> {
    return this.queries.page(actor, query);
  }

  @Get('history')
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'Everything that was ever published in one scope, newest first' })
  @ApiOkResponse({ type: pageDto(CommissionRuleDto) })
  history(@CurrentHqUser() actor: HqActor, @Query() query: RuleHistoryQuery): Promise<Page<CommissionRule>> {
    const { productScopeId = '', sellerScopeId = '' } = query;
    return this.queries.page(actor, { ...query, productScopeId, sellerScopeId });
  }

  @Get(':id')
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'One published rule' })
  @ApiOkResponse({ type: CommissionRuleDto })
  find(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<CommissionRule> {
    return this.queries.find(actor, id);
  }

  @Post()
  @HqOnly('operator', 'store_manager')
  @ApiOperation({
    summary: 'Publish a version that takes effect now or later; orders keep the rate of their creation (R4.3)',
  })
  @ApiCreatedResponse({ type: CommissionRuleDto })
  @ApiConflictResponse({ description: 'commission-rule-conflict, with conflictingRuleId' })
  @ApiForbiddenResponse({ description: 'forbidden; commission-rule-locked names HQ’s rule' })
  @ApiUnprocessableEntityResponse({
    description: 'commission-rule-invalid, commission-scope-unknown, margin-breach; each with its numbers',
  })
  publish(@CurrentHqUser() actor: HqActor, @Body() body: CommissionRuleInputDto): Promise<CommissionRule> {
    return this.publishRate.execute(actor, body);
  }

  @Post('preview')
  @HttpCode(200)
  @HqOnly('operator', 'finance', 'store_manager')
  @ApiOperation({ summary: 'What the orders of the last days would have paid under this rule; changes nothing (R4.3)' })
  @ApiOkResponse({ type: DryRunDto })
  async dryRun(@CurrentHqUser() actor: HqActor, @Body() body: CommissionRuleInputDto): Promise<DryRun> {
    return this.preview.execute(await this.propose.execute(actor, body), actor.storeId);
  }

  @Post(':id/end')
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: 'End a rate, or stop a campaign, now or later: another row, nothing is changed (R4.3)' })
  @ApiCreatedResponse({ type: CommissionRuleDto, description: 'The end or the stop' })
  @ApiConflictResponse({ description: 'commission-rule-conflict, with conflictingRuleId' })
  end(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() body: EndRateRequestDto,
  ): Promise<CommissionRule> {
    return this.endRate.execute(actor, id, body);
  }

  @Put(':id')
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: 'Always refused: a published rule is never changed' })
  @ApiConflictResponse({ description: 'commission-rule-published' })
  replace(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<never> {
    return this.refuseChange(actor, id);
  }

  @Patch(':id')
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: 'Always refused: a published rule is never changed' })
  @ApiConflictResponse({ description: 'commission-rule-published' })
  change(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<never> {
    return this.refuseChange(actor, id);
  }

  @Delete(':id')
  @HqOnly('operator', 'store_manager')
  @ApiOperation({ summary: 'Always refused: a published rule is never taken away' })
  @ApiConflictResponse({ description: 'commission-rule-published' })
  remove(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<never> {
    return this.refuseChange(actor, id);
  }

  private async refuseChange(actor: HqActor, id: string): Promise<never> {
    const { id: ruleId } = await this.queries.find(actor, id);
    const detail = '规则发布后不能修改或删除，请发布新版本或终止它';
    throw new ProblemError(ProblemType.CommissionRulePublished, { detail, ruleId });
  }
}
