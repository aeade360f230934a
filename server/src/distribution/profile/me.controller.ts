import type { JoinOffer, Me } from '@mall/shared/membership';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { JoinOffers } from './join-offers.js';
import { JoinWithName } from './join-with-name.service.js';
import { MeQueries } from './me.queries.js';
import { JoinOfferDto, JoinRequestDto, MeDto } from './profile.dto.js';

@ApiTags('me')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/me')
export class MeController {
  constructor(
    private readonly queries: MeQueries,
    private readonly offers: JoinOffers,
    private readonly joinWithName: JoinWithName,
    private readonly database: Database,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Who I am, whose customer, and whether I am a guide' })
  @ApiOkResponse({ type: MeDto })
  me(@CurrentMember() actor: MemberActor): Promise<Me> {
    return this.queries.me(actor.memberId);
  }

  @Get('join-offer')
  @ApiOperation({ summary: 'Whose customer I would become by joining; show it before asking for the phone (R2.3)' })
  @ApiOkResponse({ type: JoinOfferDto })
  async offer(@CurrentMember() actor: MemberActor): Promise<JoinOffer> {
    return this.offers.toWire(await this.offers.resolve(this.database, actor.memberId, this.clock.now()));
  }

  @Post('join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Joins: phone, recorded consent, and the guide who was named' })
  @ApiOkResponse({ type: MeDto })
  @ApiConflictResponse({
    description: 'already-member · join-offer-changed (with `offer`) · phone-belongs-to-another',
  })
  @ApiUnprocessableEntityResponse({ description: 'consent-missing · phone-code-invalid · validation-failed' })
  async join(@CurrentMember() actor: MemberActor, @Body() request: JoinRequestDto): Promise<Me> {
    return this.queries.me(await this.joinWithName.execute(actor.memberId, request));
  }
}
