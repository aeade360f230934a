import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiParam, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { notFound } from '../../platform/http/problem.js';
import { PosterOfLink } from './poster-of-link.service.js';

/** Open, like the code images: an image element sends no token, and the code in the address is the key to it. */
@ApiTags('arrivals')
@OpenToAnyone()
@Controller('api/posters')
export class PostersController {
  constructor(private readonly posterOfLink: PosterOfLink) {}

  @Get(':file')
  @ApiOperation({ summary: "The poster of a share link that was made for one: '<code>.jpg'" })
  @ApiParam({ name: 'file', example: '7KQ2MXRB.jpg' })
  @ApiProduces('image/jpeg')
  @ApiOkResponse()
  @ApiNotFoundResponse({ description: 'Unknown, revoked, no poster’s, or its product is not for sale now' })
  async image(
    @Param('file') file: string,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const code = /^(\w+)\.jpg$/.exec(file)?.[1];
    if (code === undefined) throw notFound();
    const { image, key } = await this.posterOfLink.execute(code);
    const tag = `"${key}"`;
    // Asked about each time: the price on it may have changed.
    reply.headers({ 'cache-control': 'no-cache', etag: tag });
    if (known === tag) {
      reply.code(304);
      return undefined;
    }
    return new StreamableFile(image, { type: 'image/jpeg', length: image.length });
  }
}
