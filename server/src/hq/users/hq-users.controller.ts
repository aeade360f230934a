import type { HqUser } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { CreateHqUser } from './create-hq-user.service.js';
import { DisableHqUser } from './disable-hq-user.service.js';
import { DisableHqUserDto, HqUserDto, HqUserInputDto } from './hq-user.dto.js';
import { HqUserQueries } from './hq-user.queries.js';

/** Who works at headquarters: the owner's alone. */
@ApiTags('hq: users')
@ApiBearerAuth()
@HqOnly('owner')
@Controller('api/hq/users')
export class HqUsersController {
  constructor(
    private readonly createUser: CreateHqUser,
    private readonly disableUser: DisableHqUser,
    private readonly queries: HqUserQueries,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Everybody who works at headquarters or manages a store, newest first' })
  @ApiOkResponse({ type: pageDto(HqUserDto) })
  list(@Query() query: PageQuery): Promise<Page<HqUser>> {
    return this.queries.page(query);
  }

  @Post()
  @ApiOperation({ summary: 'Let somebody in; a store manager acts for one store' })
  @ApiCreatedResponse({ type: HqUserDto })
  @ApiConflictResponse({ description: 'hq-user-conflict: the name is taken' })
  create(@CurrentHqUser() actor: HqActor, @Body() body: HqUserInputDto): Promise<HqUser> {
    return this.createUser.execute(actor, body);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @ApiOperation({ summary: 'Shut somebody out: her sessions end at once' })
  @ApiOkResponse({ type: HqUserDto })
  @ApiConflictResponse({ description: 'hq-user-conflict: oneself, or disabled already' })
  disable(
    @CurrentHqUser() actor: HqActor,
    @Param('id') id: string,
    @Body() { reason }: DisableHqUserDto,
  ): Promise<HqUser> {
    return this.disableUser.execute(actor, id, reason);
  }
}
