import { type GuideInvitation, GuideStatus, type GuideSummary } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { NEWEST, PageQuery, pageDto, pageOf } from '../../platform/http/page.js';
import { ChangeGuideStatus } from './change-guide-status.service.js';
import {
  GuideInvitationDto,
  GuideInvitationInputDto,
  GuideSummaryDto,
  GuidesQuery,
  ReasonDto,
  toSummary,
} from './guide.dto.js';
import { GuideInvitations, toInvitation } from './guide-invitations.js';
import { Guides } from './guides.js';
import { InviteGuide } from './invite-guide.service.js';

const named = (user: HqActor): { id: string; name: string } => ({ id: user.userId, name: user.username });

@ApiTags('hq: stores and guides')
@ApiBearerAuth()
@Controller('api/hq')
export class HqGuidesController {
  constructor(
    private readonly guides: Guides,
    private readonly invitations: GuideInvitations,
    private readonly inviteGuide: InviteGuide,
    private readonly changeStatus: ChangeGuideStatus,
    private readonly database: Database,
  ) {}

  @Post('guide-invitations')
  @HqOnly('operator')
  @ApiOperation({ summary: 'Invites somebody to sell for a store; the code is good for 7 days and for one person' })
  @ApiCreatedResponse({ type: GuideInvitationDto })
  invite(@CurrentHqUser() user: HqActor, @Body() input: GuideInvitationInputDto): Promise<GuideInvitation> {
    return this.inviteGuide.execute(named(user), input);
  }

  @Get('guide-invitations')
  @HqOnly('operator')
  @ApiOperation({ summary: 'Invitations, newest first' })
  @ApiOkResponse({ type: pageDto(GuideInvitationDto) })
  async listInvitations(@Query() { cursor, limit }: PageQuery): Promise<Page<GuideInvitation>> {
    const rows = await this.invitations.page(this.database, cursor ?? NEWEST, limit + 1);
    return pageOf(rows, limit, toInvitation);
  }

  @Get('guides')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Guides, newest first' })
  @ApiOkResponse({ type: pageDto(GuideSummaryDto) })
  async list(@Query() { cursor, limit, storeId, status }: GuidesQuery): Promise<Page<GuideSummary>> {
    const filter = { below: cursor ?? NEWEST, limit: limit + 1, storeId, status };
    return pageOf(await this.guides.page(this.database, filter), limit, toSummary);
  }

  @Post('guides/:id/suspend')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Suspends a guide: release and payout wait, nothing is lost (R2.4)' })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiConflictResponse({ description: 'guide-state-conflict' })
  suspend(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: ReasonDto): Promise<GuideSummary> {
    return this.change(user, id, GuideStatus.Suspended, body);
  }

  @Post('guides/:id/reactivate')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Takes a suspended guide, or one who left, back' })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiConflictResponse({ description: 'guide-state-conflict' })
  reactivate(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: ReasonDto): Promise<GuideSummary> {
    return this.change(user, id, GuideStatus.Active, body);
  }

  @Post('guides/:id/leave')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Records that a guide left; orders placed before still pay her (R2.4)' })
  @ApiOkResponse({ type: GuideSummaryDto })
  @ApiConflictResponse({ description: 'guide-state-conflict' })
  leave(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: ReasonDto): Promise<GuideSummary> {
    return this.change(user, id, GuideStatus.Left, body);
  }

  private async change(user: HqActor, guideId: string, to: GuideStatus, { reason }: ReasonDto): Promise<GuideSummary> {
    return toSummary(await this.changeStatus.execute(named(user), { guideId, to, reason }));
  }
}
