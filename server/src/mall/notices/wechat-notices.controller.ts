import { ProblemType } from '@mall/shared/problems';
import { Controller, HttpCode, Logger, Post, type RawBodyRequest, Req } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { ProblemError } from '../../platform/http/problem.js';
import { WechatPayClient } from '../../wechat/wechat.public.js';
import { ApplyNotice } from './apply-notice.service.js';

/** Where WeChat Pay reports payments, refunds and transfers. */
@ApiTags('wechat')
@OpenToAnyone()
@Controller('api/wechat/pay-notices')
export class WechatNoticesController {
  private readonly logger = new Logger(WechatNoticesController.name);

  constructor(
    private readonly pay: WechatPayClient,
    private readonly applyNotice: ApplyNotice,
  ) {}

  /** 204 when it was applied, now or before. Anything that does not verify is a 401 and changes nothing. */
  @Post()
  @HttpCode(204)
  @ApiOperation({ summary: 'Signed and encrypted notice of WeChat Pay v3' })
  async receive(@Req() request: RawBodyRequest<FastifyRequest>): Promise<void> {
    const parsed = await this.pay.receiveNotice(request.headers, request.rawBody ?? Buffer.alloc(0));
    if (parsed.outcome === 'failed') {
      this.logger.warn({ message: 'a notice was refused', reason: parsed.reason, requestId: request.id });
      throw new ProblemError(ProblemType.SignatureInvalid, { reason: parsed.reason });
    }
    await this.applyNotice.execute(parsed.notice);
  }
}
