import type { CommissionEntry, CommissionReceipt, GuideDesk } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { notFound } from '../../platform/http/problem.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { CommissionListQueryDto } from './commission.dto.js';
import { CommissionQueries } from './commission.queries.js';
import { GuideDeskQueries } from './guide-desk.queries.js';
import { ReceiptQueries } from './receipt.queries.js';

/** The guide's money. Who left still sees hers: past commissions stay (R2.4). */
@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide')
export class GuideCommissionsController {
  constructor(
    private readonly queries: CommissionQueries,
    private readonly receipts: ReceiptQueries,
    private readonly deskQueries: GuideDeskQueries,
  ) {}

  @Get('desk')
  @ApiOperation({ summary: 'What she earned, when it is hers, and how the last seven days went' })
  desk(@CurrentGuide() guide: Guide): Promise<GuideDesk> {
    return this.deskQueries.desk(guide);
  }

  @Get('commissions')
  @ApiOperation({ summary: 'Her commissions, newest first' })
  list(@CurrentGuide() guide: Guide, @Query() query: CommissionListQueryDto): Promise<Page<CommissionEntry>> {
    return this.queries.page(guide.id, query);
  }

  @Get('commissions/:id')
  @ApiOperation({ summary: 'The receipt of one commission (R5.6); 404 for what is not hers' })
  async receipt(@CurrentGuide() guide: Guide, @Param('id') id: string): Promise<CommissionReceipt> {
    const receipt = await this.receipts.receipt(id, guide.id);
    if (receipt === null) throw notFound();
    return receipt;
  }
}
