import type { GuideCustomer } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { pageDto } from '../../platform/http/page.js';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { GuideCustomerQueries } from './guide-customer.queries.js';
import { GuideCustomerDto, GuideCustomersQuery } from './profile.dto.js';

@ApiTags('guide: customers')
@ApiBearerAuth()
@Controller('api/guide/customers')
export class GuideCustomersController {
  constructor(private readonly queries: GuideCustomerQueries) {}

  @Get()
  @GuidesOnly('serving')
  @ApiOperation({ summary: 'Who is bound to me, masked (R2.6), newest first' })
  @ApiOkResponse({ type: pageDto(GuideCustomerDto) })
  @ApiForbiddenResponse({ description: 'not-guide' })
  list(@CurrentGuide() guide: Guide, @Query() query: GuideCustomersQuery): Promise<Page<GuideCustomer>> {
    return this.queries.page(guide.id, query);
  }
}
