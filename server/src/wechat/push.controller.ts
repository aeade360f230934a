import { ProblemType } from '@mall/shared/problems';
import {
  Controller,
  Get,
  Header,
  HttpCode,
  Inject,
  Logger,
  Post,
  Query,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenToAnyone } from '../platform/auth/auth.guard.js';
import { notFound, ProblemError } from '../platform/http/problem.js';
import { answerUrlCheck, type PushKeys, type PushQuery, readPush } from './push-message.js';
import { ReceivePush } from './receive-push.service.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** Repeated or nested parameters are no query of WeChat's: they read as missing. */
function queryOf(query: Readonly<Record<string, unknown>>): PushQuery {
  const text = (name: string): string => (typeof query[name] === 'string' ? query[name] : '');
  return {
    signature: text('signature'),
    timestamp: text('timestamp'),
    nonce: text('nonce'),
    msgSignature: text('msg_signature'),
    echostr: text('echostr'),
  };
}

/** 消息推送: where WeChat tells of shipping, receipt and checked pictures. 404 while the shop has set none up. */
@ApiTags('wechat')
@OpenToAnyone()
@Controller('api/wechat/push')
export class WechatPushController {
  private readonly logger = new Logger(WechatPushController.name);

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly receivePush: ReceivePush,
  ) {}

  @Get()
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: "WeChat's check of this address, answered with its echostr" })
  check(@Query() query: Record<string, unknown>, @Req() request: FastifyRequest): string {
    const echo = answerUrlCheck(queryOf(query), this.keys());
    if (echo === null) throw this.refused('bad_signature', request.id);
    return echo;
  }

  @Post()
  @HttpCode(200)
  @Header('content-type', 'text/plain; charset=utf-8')
  @ApiOperation({ summary: 'An event of WeChat, plain or encrypted, JSON or XML; answered with `success`' })
  async receive(
    @Query() query: Record<string, unknown>,
    @Req() request: RawBodyRequest<FastifyRequest>,
  ): Promise<string> {
    const read = readPush(queryOf(query), request.rawBody ?? Buffer.alloc(0), this.keys());
    if (read.outcome === 'failed') throw this.refused(read.reason, request.id);
    await this.receivePush.execute(read.message);
    return 'success';
  }

  private keys(): PushKeys {
    const { push, appId } = this.config;
    if (push === null) throw notFound();
    return { ...push, appId };
  }

  private refused(reason: string, requestId: string): ProblemError {
    this.logger.warn({ message: 'a push was refused', reason, requestId });
    return new ProblemError(ProblemType.SignatureInvalid, { reason });
  }
}
