import { type GuideNotice, GuideNoticeKind } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { GuideNotices } from './guide-notices.js';

class GuideNoticeDto implements GuideNotice {
  @ApiProperty({ example: 'gnt_01J…' })
  id: string;

  @ApiProperty({ enum: Object.values(GuideNoticeKind) })
  kind: GuideNoticeKind;

  @ApiProperty()
  subjectId: string;

  @ApiProperty()
  title: string;

  @ApiProperty()
  body: string;

  @ApiProperty()
  createdAt: number;

  @ApiProperty({ type: Number, nullable: true })
  readAt: number | null;
}

@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide/notices')
export class GuideNoticesController {
  constructor(
    private readonly notices: GuideNotices,
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'What I should know, newest first' })
  @ApiOkResponse({ type: pageDto(GuideNoticeDto) })
  list(@CurrentGuide() guide: Guide, @Query() query: PageQuery): Promise<Page<GuideNotice>> {
    return this.notices.page(this.database, guide.id, query);
  }

  @Post('read')
  @HttpCode(204)
  @ApiOperation({ summary: 'I have seen them' })
  @ApiNoContentResponse()
  async read(@CurrentGuide() guide: Guide): Promise<void> {
    await this.unitOfWork.run((tx) => this.notices.markRead(tx, guide.id, this.clock.now()));
  }
}
