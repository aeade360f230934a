import type { MyGuide } from '@mall/shared/membership';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { Members } from '../../membership/members/members.public.js';
import type { MemberActor } from '../../platform/auth/actor.js';
import { CurrentMember, CustomersOnly } from '../../platform/auth/auth.guard.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ChooseGuide } from './choose-guide.service.js';
import { ChangeMyGuideRequestDto, ContactPreferenceRequestDto, MyGuideDto } from './my-guide.dto.js';
import { MyGuideQueries } from './my-guide.queries.js';

@ApiTags('me')
@ApiBearerAuth()
@CustomersOnly()
@Controller('api/me')
export class MyGuideController {
  constructor(
    private readonly queries: MyGuideQueries,
    private readonly chooseGuide: ChooseGuide,
    private readonly members: Members,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  @Get('guide')
  @ApiOperation({ summary: 'Whose customer I am, whom I could choose, and who may write to me (R2.5)' })
  @ApiOkResponse({ type: MyGuideDto })
  read(@CurrentMember() { memberId }: MemberActor): Promise<MyGuide> {
    return this.queries.read(memberId);
  }

  @Post('guide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Changes my guide, once in so many days (R2.5)' })
  @ApiOkResponse({ type: MyGuideDto })
  @ApiForbiddenResponse({ description: 'not-member' })
  @ApiNotFoundResponse({ description: 'Unknown, or not among my choices' })
  @ApiConflictResponse({ description: 'guide-change-too-soon (with `nextChangeAt`) · guide-not-serving' })
  async change(@CurrentMember() { memberId }: MemberActor, @Body() request: ChangeMyGuideRequestDto): Promise<MyGuide> {
    await this.chooseGuide.execute(memberId, request);
    return this.queries.read(memberId);
  }

  @Post('contact-preference')
  @HttpCode(200)
  @ApiOperation({ summary: 'Says who may write to me: my guide, HQ only, or nobody (R2.5)' })
  @ApiOkResponse({ type: MyGuideDto })
  async contact(
    @CurrentMember() { memberId }: MemberActor,
    @Body() { contactPreference }: ContactPreferenceRequestDto,
  ): Promise<MyGuide> {
    await this.unitOfWork.run((tx) => this.members.setContactPreference(tx, memberId, contactPreference));
    return this.queries.read(memberId);
  }
}
