import type { AccountClosurePreview, DataExport, DataExportContent } from '@mall/shared/privacy';
import { Body, Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
} from '@nestjs/swagger';
import { ThrottlerGuard } from '@nestjs/throttler';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { notFound } from '../../platform/http/problem.js';
import { CloseAccount } from './close-account.service.js';
import { ConfirmByLogin } from './confirm-by-login.js';
import {
  AccountClosurePreviewDto,
  AccountClosureRequestDto,
  DataExportContentDto,
  DataExportDto,
} from './privacy.dto.js';
import { PrivacyQueries } from './privacy.queries.js';
import { RequestExport } from './request-export.service.js';

@ApiTags('privacy')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/me')
export class PrivacyController {
  constructor(
    private readonly queries: PrivacyQueries,
    private readonly requestExport: RequestExport,
    private readonly closeAccount: CloseAccount,
    private readonly confirm: ConfirmByLogin,
  ) {}

  @Get('data-exports/newest')
  @ApiOperation({ summary: 'My newest export' })
  @ApiOkResponse({ type: DataExportDto })
  @ApiNotFoundResponse({ description: 'I never asked for one' })
  async newest(@CurrentMember() { memberId }: MemberActor): Promise<DataExport> {
    const newest = await this.queries.newestExport(memberId);
    if (newest === null) throw notFound();
    return newest;
  }

  @Post('data-exports')
  @HttpCode(202)
  @ApiOperation({ summary: 'A copy of what is held of me, made in the background, one a day' })
  @ApiTooManyRequestsResponse({ description: 'rate-limited: there is one of today' })
  async ask(@CurrentMember() actor: MemberActor): Promise<DataExport> {
    await this.requestExport.execute(actor.memberId);
    return this.newest(actor);
  }

  @Get('data-exports/:id/content')
  @ApiOperation({ summary: 'The copy itself, readable as it stands' })
  @ApiOkResponse({ type: DataExportContentDto })
  @ApiNotFoundResponse()
  content(@CurrentMember() { memberId }: MemberActor, @Param('id') id: string): Promise<DataExportContent> {
    return this.queries.exportContent(memberId, id);
  }

  @Get('account-closure')
  @ApiOperation({ summary: 'What closing my account erases and keeps, and what stands in its way' })
  @ApiOkResponse({ type: AccountClosurePreviewDto })
  preview(@CurrentMember() { memberId }: MemberActor): Promise<AccountClosurePreview> {
    return this.queries.closure(memberId);
  }

  @Post('account-closure')
  @HttpCode(204)
  @UseGuards(ThrottlerGuard)
  @ApiOperation({ summary: 'Close my account, for good' })
  @ApiNoContentResponse()
  @ApiConflictResponse({ description: 'account-not-closable, with `obstacles`' })
  async close(@CurrentMember() { memberId }: MemberActor, @Body() { code }: AccountClosureRequestDto): Promise<void> {
    await this.confirm.execute(memberId, code);
    await this.closeAccount.execute(memberId);
  }
}
