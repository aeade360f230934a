import type { AuditEntry } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { pageDto } from '../../platform/http/page.js';
import { AuditLogQueries } from './audit-log.queries.js';
import { AuditEntryDto, AuditLogQuery } from './hq-user.dto.js';

@ApiTags('hq: audit log')
@ApiBearerAuth()
@Controller('api/hq/audit-log')
export class AuditLogController {
  constructor(private readonly queries: AuditLogQueries) {}

  @Get()
  @HqOnly('auditor')
  @ApiOperation({ summary: 'Who changed what, from what to what, and why; newest first' })
  @ApiOkResponse({ type: pageDto(AuditEntryDto) })
  list(@Query() query: AuditLogQuery): Promise<Page<AuditEntry>> {
    return this.queries.page(query);
  }
}
