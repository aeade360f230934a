import { ProblemType } from '@mall/shared/problems';
import { type MyNickname, TextKind, TextState } from '@mall/shared/texts';
import { Body, Controller, Get, Put, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { ProblemError } from '../../platform/http/problem.js';
import { SubmitText } from './submit-text.service.js';
import { TextQueries } from './text.queries.js';
import { MyNicknameDto, NicknameRequestDto } from './texts.dto.js';

/** The guard of sessions has named her by then. An address may stand for a whole mobile network. */
function byMember(request: { actor?: MemberActor; ip?: string }): string {
  return request.actor?.memberId ?? String(request.ip);
}

@ApiTags('me')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/me/nickname')
export class MyNicknameController {
  constructor(
    private readonly queries: TextQueries,
    private readonly submit: SubmitText,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The name that others see of me, and what became of the last one that I wrote (§9)' })
  @ApiOkResponse({ type: MyNicknameDto })
  read(@CurrentMember() { memberId }: MemberActor): Promise<MyNickname> {
    return this.queries.nickname(memberId);
  }

  /** Limited for each person, since each try is a call of WeChat's quota. */
  @Put()
  @UseGuards(ThrottlerGuard)
  @Throttle({ default: { limit: 10, ttl: 60_000, getTracker: byMember } })
  @ApiOperation({ summary: 'Another name; shown once WeChat or HQ has passed it, the former one until then' })
  @ApiOkResponse({ type: MyNicknameDto })
  @ApiTooManyRequestsResponse({ description: 'rate-limited' })
  @ApiUnprocessableEntityResponse({ description: 'text-refused · validation-failed' })
  async write(
    @CurrentMember() { memberId }: MemberActor,
    @Body() { nickname }: NicknameRequestDto,
  ): Promise<MyNickname> {
    const { state, reason } = await this.submit.execute({ kind: TextKind.Nickname, memberId }, nickname);
    if (state === TextState.Refused) throw new ProblemError(ProblemType.TextRefused, { detail: reason ?? '' });
    return this.queries.nickname(memberId);
  }
}
