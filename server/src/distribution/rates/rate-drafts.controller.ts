import type { CommissionRule } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import type { DryRun, RateDraft } from '@mall/shared/rates';
import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { ChangeRateDraft } from './change-rate-draft.service.js';
import { DiscardRateDraft } from './discard-rate-draft.service.js';
import { DryRunDto } from './dry-run.dto.js';
import { PreviewRateDraft } from './preview-rate-draft.service.js';
import { PublishRateDraft } from './publish-rate-draft.service.js';
import { RateDraftQueries } from './rate-draft.queries.js';
import { CommissionRuleDto, RateDraftDto } from './rate-views.dto.js';
import { CommissionRuleInputDto, PublishDraftDto, RateDraftChangeDto } from './rates.dto.js';
import { WriteRateDraft } from './write-rate-draft.service.js';

/** Rates that somebody is thinking about. */
@ApiTags('hq: commission')
@ApiBearerAuth()
@HqOnly('operator', 'store_manager')
@Controller('api/hq/commission-rule-drafts')
export class RateDraftsController {
  constructor(
    private readonly queries: RateDraftQueries,
    private readonly writeDraft: WriteRateDraft,
    private readonly changeDraft: ChangeRateDraft,
    private readonly discardDraft: DiscardRateDraft,
    private readonly previewDraft: PreviewRateDraft,
    private readonly publishDraft: PublishRateDraft,
  ) {}

  @Get()
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'Open drafts, newest first; a store manager’s are those of her store' })
  @ApiOkResponse({ type: pageDto(RateDraftDto) })
  list(@CurrentHqUser() actor: HqActor, @Query() query: PageQuery): Promise<Page<RateDraft>> {
    return this.queries.page(actor, query);
  }

  @Get(':id')
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'One draft, in whatever state' })
  @ApiOkResponse({ type: RateDraftDto })
  find(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<RateDraft> {
    return this.queries.find(actor, id);
  }

  @Post()
  @ApiOperation({ summary: 'Keep a rate for later' })
  @ApiCreatedResponse({ type: RateDraftDto })
  write(@CurrentHqUser() actor: HqActor, @Body() body: CommissionRuleInputDto): Promise<RateDraft> {
    return this.writeDraft.execute(actor, body);
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Rewrite a draft as it was read' })
  @ApiOkResponse({ type: RateDraftDto })
  @ApiConflictResponse({ description: 'revision-conflict: somebody else changed it meanwhile' })
  change(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() body: RateDraftChangeDto,
  ): Promise<RateDraft> {
    return this.changeDraft.execute(actor, id, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Put a draft away' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'revision-conflict: it was published or put away before' })
  discard(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<void> {
    return this.discardDraft.execute(actor, id);
  }

  @Post(':id/preview')
  @HttpCode(200)
  @HqOnly('operator', 'finance', 'store_manager')
  @ApiOperation({ summary: 'What the orders of the last days would have paid under the draft (R4.3)' })
  @ApiOkResponse({ type: DryRunDto })
  dryRun(@CurrentHqUser() actor: HqActor, @Param('id') id: string): Promise<DryRun> {
    return this.previewDraft.execute(actor, id);
  }

  @Post(':id/publish')
  @ApiOperation({ summary: 'Make a rule of it, once' })
  @ApiCreatedResponse({ type: CommissionRuleDto })
  @ApiConflictResponse({ description: 'revision-conflict, commission-rule-conflict' })
  publish(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() { overrideMarginReason }: PublishDraftDto,
  ): Promise<CommissionRule> {
    return this.publishDraft.execute(actor, id, overrideMarginReason);
  }
}
