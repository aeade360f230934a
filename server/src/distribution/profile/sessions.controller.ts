import type { SessionResponse } from '@mall/shared/membership';
import { Body, Controller, Delete, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import { SignInWithWechat, SignOut } from '../../membership/sessions/sessions.public.js';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly, OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { MeQueries } from './me.queries.js';
import { SessionResponseDto, WechatLoginRequestDto } from './profile.dto.js';

/** A whole shop may sit behind one address; the codes cannot be guessed, so this only keeps floods from WeChat. */
const LOGINS_A_MINUTE = 120;

@ApiTags('sessions')
@Controller('api/sessions')
export class SessionsController {
  constructor(
    private readonly signIn: SignInWithWechat,
    private readonly signOut: SignOut,
    private readonly queries: MeQueries,
  ) {}

  @Post('wechat')
  @OpenToAnyone()
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { limit: LOGINS_A_MINUTE, ttl: 60_000 } })
  @ApiOperation({ summary: 'Signs in by the code of wx.login; customers, members and guides alike' })
  @ApiCreatedResponse({ type: SessionResponseDto })
  @ApiUnauthorizedResponse({ description: 'wechat-code-invalid' })
  @ApiForbiddenResponse({ description: 'wechat-user-blocked' })
  @ApiTooManyRequestsResponse({ description: 'rate-limited' })
  @ApiServiceUnavailableResponse({ description: 'dependency-unavailable: WeChat does not answer' })
  async open(@Body() { code }: WechatLoginRequestDto): Promise<SessionResponse> {
    const { memberId, token, expiresAt } = await this.signIn.execute(code);
    return { token, expiresAt, me: await this.queries.me(memberId) };
  }

  @Delete('current')
  @HttpCode(204)
  @CustomersOnly()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Signs out' })
  @ApiNoContentResponse()
  close(@CurrentMember() actor: MemberActor): Promise<void> {
    return this.signOut.execute(actor.sessionId);
  }
}
