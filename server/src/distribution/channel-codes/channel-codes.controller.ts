import type { ChannelCode, UrlLink } from '@mall/shared/codes';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { MOST_LINK_DAYS } from '../../wechat/wechat.public.js';
import { CodeImages, imageTypeOf } from '../code-images/code-images.public.js';
import { UrlLinkDto, UrlLinkInputDto, UrlLinks } from '../url-links/url-links.public.js';
import {
  ChannelCodeChangeDto,
  ChannelCodeDto,
  ChannelCodeInputDto,
  ChannelCodeReasonDto,
  CodeImageQueryDto,
} from './channel-code.dto.js';
import { ChannelCodeQueries } from './channel-code.queries.js';
import { CHANNEL_CODE_PAGE } from './channel-codes.js';
import { WriteChannelCode } from './write-channel-code.service.js';

const actorOf = ({ userId, username }: HqActor) => ({ id: userId, name: username });

/** Codes that HQ prints: for channels, stores and parcels. */
@ApiTags('hq: codes')
@ApiBearerAuth()
@Controller('api/hq/channel-codes')
export class ChannelCodesController {
  constructor(
    private readonly queries: ChannelCodeQueries,
    private readonly write: WriteChannelCode,
    private readonly images: CodeImages,
    private readonly links: UrlLinks,
  ) {}

  @Get()
  @HqOnly('operator', 'auditor', 'store_manager')
  @ApiOperation({ summary: "Newest first; a store's manager sees those of her store" })
  @ApiOkResponse({ type: pageDto(ChannelCodeDto) })
  list(@CurrentHqUser() user: HqActor, @Query() { cursor, limit }: PageQuery): Promise<Page<ChannelCode>> {
    return this.queries.page(user.storeId, cursor, limit);
  }

  @Post()
  @HqOnly('operator')
  @ApiOperation({ summary: 'Makes a code to print: what it opens and whose it is can change later' })
  @ApiCreatedResponse({ type: ChannelCodeDto })
  @ApiUnprocessableEntityResponse({ description: 'validation-failed: also for a store, target or guide not there' })
  create(@CurrentHqUser() user: HqActor, @Body() input: ChannelCodeInputDto): Promise<ChannelCode> {
    return this.write.create(actorOf(user), input);
  }

  @Get(':id')
  @HqOnly('operator', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'One code, with how many visitors meet each of its guides' })
  @ApiOkResponse({ type: ChannelCodeDto })
  @ApiNotFoundResponse()
  one(@CurrentHqUser() user: HqActor, @Param('id') id: string): Promise<ChannelCode> {
    return this.queries.one(user.storeId, id);
  }

  @Put(':id')
  @HqOnly('operator')
  @ApiOperation({ summary: 'Another target, label or list of guides behind the same print' })
  @ApiOkResponse({ type: ChannelCodeDto })
  @ApiNotFoundResponse({ description: 'Unknown, or revoked' })
  @ApiConflictResponse({ description: 'revision-conflict' })
  change(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() change: ChannelCodeChangeDto,
  ): Promise<ChannelCode> {
    return this.write.change(actorOf(user), id, change);
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'From now on it opens home, for nobody' })
  @ApiOkResponse({ type: ChannelCodeDto })
  @ApiNotFoundResponse()
  revoke(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() { reason }: ChannelCodeReasonDto,
  ): Promise<ChannelCode> {
    return this.write.revoke(actorOf(user), id, reason);
  }

  @Get(':id/image')
  @HqOnly('operator', 'auditor', 'store_manager')
  @ApiOperation({ summary: 'The mini-program code for print, 280 to 1280 pixels wide' })
  @ApiProduces('image/png', 'image/jpeg')
  @ApiOkResponse()
  @ApiNotFoundResponse({ description: 'Unknown, or revoked' })
  async image(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Query() { width }: CodeImageQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { code, revokedAt } = await this.queries.row(user.storeId, id);
    if (revokedAt !== null) throw notFound();
    const size = width === undefined ? {} : { width };
    const image = await this.images.read({ scene: code, page: CHANNEL_CODE_PAGE, ...size });
    const type = imageTypeOf(image);
    const name = `${code}-${width ?? 430}.${type === 'image/png' ? 'png' : 'jpg'}`;
    reply.header('content-disposition', `attachment; filename="${name}"`);
    return new StreamableFile(image, { type });
  }

  @Post(':id/url-link')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'A URL Link for text messages, kept until it ends; opens with scene 1194' })
  @ApiOkResponse({ type: UrlLinkDto })
  @ApiNotFoundResponse({ description: 'Unknown, or revoked' })
  async urlLink(
    @CurrentHqUser() user: HqActor,
    @Param('id') id: string,
    @Body() { days = MOST_LINK_DAYS }: UrlLinkInputDto,
  ): Promise<UrlLink> {
    const { code, revokedAt } = await this.queries.row(user.storeId, id);
    if (revokedAt !== null) throw notFound();
    return this.links.obtain({ ownerId: id, page: CHANNEL_CODE_PAGE, query: `s=${code}`, days });
  }
}
