import type { HandOver, MemberBindings } from '@mall/shared/bindings';
import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { HqActor } from '../../platform/auth/actor.js';
import { CurrentHqUser, HqOnly } from '../../platform/auth/auth.guard.js';
import { notFound } from '../../platform/http/problem.js';
import { BindingHistoryQueries } from './binding-history.queries.js';
import { HandOverDto, HandOverRequestDto, MemberBindingsDto, MemberTransferRequestDto } from './bindings.dto.js';
import { StartHandOver } from './start-hand-over.service.js';
import { TransferMember } from './transfer-member.service.js';

const named = (user: HqActor): { id: string; name: string } => ({ id: user.userId, name: user.username });

@ApiTags('hq: members and bindings')
@ApiBearerAuth()
@Controller('api/hq')
export class HqBindingsController {
  constructor(
    private readonly startHandOver: StartHandOver,
    private readonly transferMember: TransferMember,
    private readonly queries: BindingHistoryQueries,
  ) {}

  @Post('guides/:id/hand-over')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Gives her members to others (R2.4, C17); called again it goes on with what is left' })
  @ApiOkResponse({ type: HandOverDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'guide-not-serving · binding-conflict: another hand-over of hers is open' })
  @ApiUnprocessableEntityResponse({ description: 'validation-failed' })
  handOver(
    @CurrentHqUser() user: HqActor,
    @Param('id') guideId: string,
    @Body() body: HandOverRequestDto,
  ): Promise<HandOver> {
    return this.startHandOver.execute(named(user), guideId, body);
  }

  @Get('hand-overs/:id')
  @HqOnly('operator', 'auditor')
  @ApiOperation({ summary: 'How far a hand-over has come' })
  @ApiOkResponse({ type: HandOverDto })
  @ApiNotFoundResponse()
  async oneHandOver(@Param('id') id: string): Promise<HandOver> {
    const found = await this.queries.handOver(id);
    if (found === null) throw notFound();
    return found;
  }

  @Post('members/:id/transfer')
  @HttpCode(200)
  @HqOnly('operator')
  @ApiOperation({ summary: 'Gives one member to another guide, or to nobody; orders placed before keep their guide' })
  @ApiOkResponse({ type: MemberBindingsDto })
  @ApiNotFoundResponse()
  @ApiConflictResponse({ description: 'guide-not-serving · binding-conflict' })
  async transfer(
    @CurrentHqUser() user: HqActor,
    @Param('id') memberId: string,
    @Body() body: MemberTransferRequestDto,
  ): Promise<MemberBindings> {
    await this.transferMember.execute(named(user), memberId, body);
    return this.history(memberId);
  }

  @Get('members/:id/bindings')
  @HqOnly('operator', 'finance', 'auditor')
  @ApiOperation({ summary: 'Whose customer a member was and is, newest first, with who changed it and why (R2.3)' })
  @ApiOkResponse({ type: MemberBindingsDto })
  @ApiNotFoundResponse()
  async history(@Param('id') memberId: string): Promise<MemberBindings> {
    const found = await this.queries.ofMember(memberId);
    if (found === null) throw notFound();
    return found;
  }
}
