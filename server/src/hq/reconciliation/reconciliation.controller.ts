import type { Page } from '@mall/shared/paging';
import type { ReconciliationReport, ReconciliationRun } from '@mall/shared/reconciliation';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { PageQuery, pageDto } from '../../platform/http/page.js';
import { ReconciliationReportDto, ReconciliationRunDto } from './reconciliation.dto.js';
import { ReconciliationQueries } from './reconciliation.queries.js';
import { RunReconciliation } from './run-reconciliation.service.js';

@ApiTags('hq: reconciliation')
@ApiBearerAuth()
@Controller('api/hq/reconciliations')
export class ReconciliationController {
  constructor(
    private readonly queries: ReconciliationQueries,
    private readonly runReconciliation: RunReconciliation,
  ) {}

  @Get()
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'Runs of the reconciliation, newest first (R5.7)' })
  @ApiOkResponse({ type: pageDto(ReconciliationRunDto) })
  list(@Query() query: PageQuery): Promise<Page<ReconciliationRun>> {
    return this.queries.page(query);
  }

  @Get(':id')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'One run, with both rows of the differences that it found' })
  @ApiOkResponse({ type: ReconciliationReportDto })
  @ApiNotFoundResponse({ description: 'No such run' })
  get(@Param('id') id: string): Promise<ReconciliationReport> {
    return this.queries.get(id);
  }

  @Post()
  @HqOnly('finance')
  @ApiOperation({
    summary: 'Compares orders, payments, ledger, commissions and payouts now, and stores what came of it',
  })
  @ApiCreatedResponse({ type: ReconciliationReportDto })
  run(): Promise<ReconciliationReport> {
    return this.runReconciliation.execute();
  }
}
