import type { MyConsents, PolicyDocument } from '@mall/shared/privacy';
import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly, OpenToAnyone } from '../../platform/auth/auth.guard.js';
import { notFound } from '../../platform/http/problem.js';
import { ConsentRequestDto, MyConsentsDto, PolicyDocumentDto, PolicyQuery } from './consent.dto.js';
import { ConsentQueries } from './consent.queries.js';
import { DecideConsent } from './decide-consent.service.js';
import { PolicyBook } from './policy-book.js';

@ApiTags('privacy')
@Controller('api')
export class ConsentController {
  constructor(
    private readonly policies: PolicyBook,
    private readonly queries: ConsentQueries,
    private readonly decide: DecideConsent,
  ) {}

  @Get('privacy/policy')
  @OpenToAnyone()
  @ApiOperation({ summary: 'A version of the privacy text; without one, that in force' })
  @ApiOkResponse({ type: PolicyDocumentDto })
  @ApiNotFoundResponse()
  policy(@Query() { version }: PolicyQuery): PolicyDocument {
    const document = this.policies.read(version);
    if (document === null) throw notFound();
    return document;
  }

  @Get('me/consents')
  @CustomersOnly()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'What I agreed to' })
  @ApiOkResponse({ type: MyConsentsDto })
  mine(@CurrentMember() actor: MemberActor): Promise<MyConsents> {
    return this.queries.mine(actor.memberId);
  }

  @Post('me/consents')
  @HttpCode(200)
  @CustomersOnly()
  @ApiBearerAuth()
  @ApiOperation({ summary: 'Agree to one purpose, or withdraw from it; it acts at once' })
  @ApiOkResponse({ type: MyConsentsDto })
  @ApiUnprocessableEntityResponse({ description: 'consent-missing: another version is in force · validation-failed' })
  async change(@CurrentMember() actor: MemberActor, @Body() request: ConsentRequestDto): Promise<MyConsents> {
    await this.decide.execute(actor.memberId, request);
    return this.queries.mine(actor.memberId);
  }
}
