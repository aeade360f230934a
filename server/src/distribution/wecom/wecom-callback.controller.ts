import { ProblemType } from '@mall/shared/problems';
import {
  Controller,
  Get,
  HttpCode,
  Inject,
  Logger,
  Optional,
  Post,
  Query,
  type RawBodyRequest,
  Req,
} from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { answerWecomCheck, readWecomCallback, WECOM_CONFIG, type WecomConfig } from '../../wechat/wechat.public.js';
import { TakeContactChange } from './take-contact-change.service.js';

type Raw = Readonly<Record<string, unknown>>;

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function queryOf(query: Raw): { signature: string; timestamp: string; nonce: string } {
  return { signature: text(query.msg_signature), timestamp: text(query.timestamp), nonce: text(query.nonce) };
}

/** Where WeCom tells who became whose contact. Closed while WeCom is not configured. */
@ApiTags('wecom')
@OpenToAnyone()
@Controller('api/wecom/callback')
export class WecomCallbackController {
  private readonly logger = new Logger(WecomCallbackController.name);

  constructor(
    @Optional() @Inject(WECOM_CONFIG) private readonly config: WecomConfig | null,
    private readonly take: TakeContactChange,
  ) {}

  @Get()
  @ApiOperation({ summary: "WeCom's check of this address: the decrypted text, bare" })
  check(@Query() query: Raw): string {
    const config = this.needConfig();
    return answerWecomCheck(queryOf(query), text(query.echostr), config) ?? this.refuse('bad_signature');
  }

  @Post()
  @HttpCode(200)
  @ApiOperation({ summary: 'Signed and encrypted event of WeCom, in XML' })
  async receive(@Query() query: Raw, @Req() request: RawBodyRequest<FastifyRequest>): Promise<string> {
    const config = this.needConfig();
    const body = (request.rawBody ?? Buffer.alloc(0)).toString('utf8');
    const read = readWecomCallback(queryOf(query), body, config);
    if (read.outcome === 'failed') return this.refuse(read.reason);
    if (read.outcome === 'change') await this.take.execute(read.change);
    return 'success';
  }

  private needConfig(): WecomConfig {
    if (this.config === null) throw notFound();
    return this.config;
  }

  private refuse(reason: string): never {
    this.logger.warn({ message: 'a callback of WeCom was refused', reason });
    throw new ProblemError(ProblemType.SignatureInvalid, { reason });
  }
}
