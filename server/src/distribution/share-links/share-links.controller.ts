import type { UrlLink } from '@mall/shared/codes';
import type { ShareLink } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { UrlLinkDto, UrlLinkInputDto } from '../url-links/url-links.public.js';
import { LinkShareLink } from './link-share-link.service.js';
import { MakeShareLink } from './make-share-link.service.js';
import { RevokeShareLink } from './revoke-share-link.service.js';
import { ShareLinkDto, ShareLinkInputDto } from './share-link.dto.js';
import { ShareLinkQueries } from './share-link.queries.js';

@ApiTags('guide: share links')
@ApiBearerAuth()
@ApiForbiddenResponse({ description: 'not-guide' })
@Controller('api/guide/share-links')
export class ShareLinksController {
  constructor(
    private readonly makeShareLink: MakeShareLink,
    private readonly revokeShareLink: RevokeShareLink,
    private readonly linkShareLink: LinkShareLink,
    private readonly queries: ShareLinkQueries,
  ) {}

  @Post()
  @GuidesOnly('active')
  @ApiOperation({ summary: 'Makes a link to a product or to the home page' })
  @ApiCreatedResponse({ type: ShareLinkDto })
  @ApiNotFoundResponse({ description: 'No such product' })
  make(@CurrentGuide() guide: Guide, @Body() input: ShareLinkInputDto): Promise<ShareLink> {
    return this.makeShareLink.execute(guide, input);
  }

  @Get()
  @GuidesOnly('serving')
  @ApiOperation({ summary: 'My links, newest first, with how often others opened them' })
  @ApiOkResponse({ type: pageDto(ShareLinkDto) })
  list(@CurrentGuide() guide: Guide, @Query() { cursor, limit }: PageQuery): Promise<Page<ShareLink>> {
    return this.queries.page(guide.id, cursor, limit);
  }

  @Post(':code/revoke')
  @HttpCode(200)
  @GuidesOnly('serving')
  @ApiOperation({ summary: 'Takes a link back; its page still opens, without the guide' })
  @ApiOkResponse({ type: ShareLinkDto })
  @ApiNotFoundResponse({ description: 'Unknown, or not mine' })
  revoke(@CurrentGuide() guide: Guide, @Param('code') code: string): Promise<ShareLink> {
    return this.revokeShareLink.execute(guide.id, code);
  }

  @Post(':code/url-link')
  @HttpCode(200)
  @GuidesOnly('active')
  @ApiOperation({ summary: 'A URL Link that opens it from outside of WeChat, kept until it ends' })
  @ApiOkResponse({ type: UrlLinkDto })
  @ApiNotFoundResponse({ description: 'Unknown, revoked, or not mine' })
  urlLink(
    @CurrentGuide() guide: Guide,
    @Param('code') code: string,
    @Body() { days }: UrlLinkInputDto,
  ): Promise<UrlLink> {
    return this.linkShareLink.execute(guide.id, code, days);
  }
}
