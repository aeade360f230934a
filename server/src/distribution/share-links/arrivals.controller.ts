import type { TouchResponse } from '@mall/shared/membership';
import { Body, Controller, Get, HttpCode, Param, Post, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly, OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { CodeImages, imageTypeOf } from '../code-images/code-images.public.js';
import { RecordTouch } from './record-touch.service.js';
import { TouchRequestDto, TouchResponseDto } from './share-link.dto.js';
import { ShareLinks, targetPage } from './share-links.js';

/** How customers arrive: the image that they scan, and the report of the phone that opened it. */
@ApiTags('arrivals')
@Controller('api')
export class ArrivalsController {
  constructor(
    private readonly images: CodeImages,
    private readonly links: ShareLinks,
    private readonly database: Database,
    private readonly recordTouch: RecordTouch,
  ) {}

  @Get('codes/:file')
  @OpenToAnyone()
  @ApiOperation({ summary: "The mini-program code of a share link: '<code>.png'" })
  @ApiParam({ name: 'file', example: '7KQ2MXRB.png' })
  @ApiProduces('image/png', 'image/jpeg')
  @ApiOkResponse()
  @ApiNotFoundResponse()
  async image(@Param('file') file: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<StreamableFile> {
    const code = /^(\w+)\.png$/.exec(file)?.[1];
    const link = code === undefined ? null : await this.links.byCode(this.database, code);
    if (link === null || link.revokedAt !== null) throw notFound();
    const image = await this.images.read({ scene: link.code, page: targetPage(link.productId) });
    // Set only now: a refusal must not be cached.
    reply.header('cache-control', 'public, max-age=86400');
    return new StreamableFile(image, { type: imageTypeOf(image) });
  }

  @Post('touches')
  @HttpCode(200)
  @CustomersOnly()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Reports the code that the mini-program was opened with, on every onShow (R2.2)' })
  @ApiOkResponse({ type: TouchResponseDto, description: 'An unknown, revoked or own code answers without a guide' })
  touch(@CurrentMember() actor: MemberActor, @Body() request: TouchRequestDto): Promise<TouchResponse> {
    return this.recordTouch.execute(actor.memberId, request);
  }
}
