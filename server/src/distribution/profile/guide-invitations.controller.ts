import type { GuideInvitation } from '@mall/shared/guides';
import type { Me } from '@mall/shared/membership';
import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Throttle, ThrottlerGuard } from '@nestjs/throttler';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { AcceptInvitation, GuideInvitationDto, GuideInvitations, toInvitation } from '../guides/guides.public.js';
import { MeQueries } from './me.queries.js';
import { MeDto } from './profile.dto.js';

/** An invitation from the side of the invited. Limited, since a code is all that it takes. */
@ApiTags('me: becoming a guide')
@ApiBearerAuth()
@CustomersOnly()
@UseGuards(ThrottlerGuard)
@Throttle({ default: { limit: 30, ttl: 60_000 } })
@Controller('api/guide-invitations')
export class GuideInvitationsController {
  constructor(
    private readonly invitations: GuideInvitations,
    private readonly acceptInvitation: AcceptInvitation,
    private readonly queries: MeQueries,
    private readonly database: Database,
  ) {}

  @Get(':code')
  @ApiOperation({ summary: 'What I am invited to' })
  @ApiOkResponse({ type: GuideInvitationDto })
  @ApiNotFoundResponse()
  async one(@Param('code') code: string): Promise<GuideInvitation> {
    const row = await this.invitations.byCode(this.database, code);
    if (row === null) throw notFound();
    return toInvitation(row);
  }

  @Post(':code/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Makes me a guide of that store' })
  @ApiOkResponse({ type: MeDto })
  @ApiForbiddenResponse({ description: 'not-member: join first' })
  @ApiConflictResponse({ description: 'invitation-invalid (used or expired) · already-guide' })
  async accept(@CurrentMember() actor: MemberActor, @Param('code') code: string): Promise<Me> {
    await this.acceptInvitation.execute(actor.memberId, code);
    return this.queries.me(actor.memberId);
  }
}
