import type { Statement } from '@mall/shared/payouts';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { Database } from '../../platform/database/database.js';
import { asCsvFile } from '../../platform/http/csv.js';
import { notFound } from '../../platform/http/problem.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { StatementQueries } from './statement.queries.js';
import { statementCsv } from './statement-csv.js';
import { HqStatementParamsDto, StatementDto, StatementFormatDto } from './statements.dto.js';

/** HQ sees what the guide sees, from the same query (R5.6). */
@ApiTags('hq: payouts')
@ApiBearerAuth()
@HqOnly('finance', 'auditor')
@Controller('api/hq/guides/:id/statements')
export class HqStatementsController {
  constructor(
    private readonly statements: StatementQueries,
    private readonly guides: Guides,
    private readonly database: Database,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Months in which something happened to her money, newest first' })
  @ApiOkResponse({ type: [String] })
  @ApiNotFoundResponse()
  async months(@Param('id') id: string): Promise<string[]> {
    return this.statements.months((await this.guide(id)).id);
  }

  @Get(':month')
  @ApiOperation({ summary: 'A guide’s month; `?format=csv` for a spreadsheet, in yuan' })
  @ApiOkResponse({ type: StatementDto })
  @ApiNotFoundResponse()
  @ApiUnprocessableEntityResponse({ description: 'validation-failed: not a month' })
  async ofMonth(
    @Param() { id, month }: HqStatementParamsDto,
    @Query() { format }: StatementFormatDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Statement | string> {
    const statement = await this.statements.ofMonth(await this.guide(id), month);
    if (format !== 'csv') return statement;
    asCsvFile(reply, `statement-${id}-${month}`);
    return statementCsv(statement);
  }

  private async guide(id: string): Promise<Guide> {
    const guide = await this.guides.find(this.database, id);
    if (guide === null) throw notFound();
    return guide;
  }
}
