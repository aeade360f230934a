import type { Page } from '@mall/shared/paging';
import type { ContactCode, ContactOffer, WecomContact } from '@mall/shared/wecom';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor, MemberActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, CurrentMember, CustomersOnly, HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { pageDto } from '../../platform/http/page.js';
import { ConnectGuide } from './connect-guide.service.js';
import { FindContactCode } from './contact-code.service.js';
import { ContactCodeDto, ContactOfferDto, WecomAccountDto, WecomContactDto, WecomContactsQuery } from './wecom.dto.js';
import { WecomContactsQueries } from './wecom-contacts.queries.js';

@ApiTags('wecom')
@ApiBearerAuth()
@Controller('api')
export class WecomController {
  constructor(
    private readonly findCode: FindContactCode,
    private readonly connect: ConnectGuide,
    private readonly queries: WecomContactsQueries,
    private readonly database: Database,
  ) {}

  @Get('me/guide/contact-code')
  @CustomersOnly()
  @ApiOperation({ summary: 'Whether my guide has a WeCom code that I could ask for' })
  @ApiOkResponse({ type: ContactOfferDto })
  async offer(@CurrentMember() { memberId }: MemberActor): Promise<ContactOffer> {
    return { offered: await this.findCode.isOffered(this.database, memberId) };
  }

  @Post('me/guide/contact-code')
  @HttpCode(200)
  @CustomersOnly()
  @ApiOperation({ summary: 'The WeCom code of my guide, made when I first ask (§10, R2.5)' })
  @ApiOkResponse({ type: ContactCodeDto })
  code(@CurrentMember() { memberId }: MemberActor): Promise<ContactCode> {
    return this.findCode.execute(memberId);
  }

  @Put('hq/guides/:id/wecom')
  @HttpCode(204)
  @HqOnly('operator')
  @ApiOperation({ summary: "Says which WeCom account is this guide's" })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: "guide-state-conflict: the account is another guide's" })
  account(@CurrentHqUser() user: HqActor, @Param('id') id: string, @Body() body: WecomAccountDto): Promise<void> {
    return this.connect.execute({ id: user.userId, name: user.username }, id, body.wecomUserId);
  }

  @Get('hq/wecom/contacts')
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'Who is whose contact in WeCom, newest first, ended ones included' })
  @ApiOkResponse({ type: pageDto(WecomContactDto) })
  contacts(@Query() query: WecomContactsQuery): Promise<Page<WecomContact>> {
    return this.queries.page(query);
  }
}
