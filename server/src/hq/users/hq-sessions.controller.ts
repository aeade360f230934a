import type { HqSessionResponse } from '@mall/shared/hq';
import { Body, Controller, Delete, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnauthorizedResponse,
} from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly, OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { SessionStore } from '../../platform/auth/session-store.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { HqLoginRequestDto, HqSessionResponseDto } from './hq-user.dto.js';
import { SignInHqUser } from './sign-in-hq-user.service.js';

@ApiTags('hq: sessions')
@Controller('api/hq/sessions')
export class HqSessionsController {
  constructor(
    private readonly signIn: SignInHqUser,
    private readonly sessions: SessionStore,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Post()
  @OpenToAnyone()
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { limit: 20, ttl: 60_000 } })
  @ApiOperation({ summary: 'Signs an HQ user in; limited by address and by user name' })
  @ApiCreatedResponse({ type: HqSessionResponseDto })
  @ApiUnauthorizedResponse({ description: 'bad-credentials' })
  @ApiTooManyRequestsResponse({ description: 'rate-limited, with retryAfterSeconds when the user name rests' })
  open(@Body() { username, password }: HqLoginRequestDto): Promise<HqSessionResponse> {
    return this.signIn.execute(username, password);
  }

  @Delete('current')
  @HttpCode(204)
  @HqOnly('operator', 'finance', 'auditor', 'store_manager')
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Signs out' })
  @ApiNoContentResponse()
  close(@CurrentHqUser() user: HqActor): Promise<void> {
    return this.unitOfWork.run((tx) => this.sessions.end(tx, user.sessionId));
  }
}
