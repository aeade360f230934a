import type { Statement } from '@mall/shared/payouts';
import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags, ApiUnprocessableEntityResponse } from '@nestjs/swagger';
import { CurrentGuide, type Guide, GuidesOnly } from '../guides/guides.public.js';
import { StatementQueries } from './statement.queries.js';
import { StatementDto, StatementMonthDto } from './statements.dto.js';

@ApiTags('guide')
@ApiBearerAuth()
@GuidesOnly('ever')
@Controller('api/guide/statements')
export class GuideStatementsController {
  constructor(private readonly statements: StatementQueries) {}

  @Get()
  @ApiOperation({ summary: 'Months in which something happened to my money, newest first' })
  @ApiOkResponse({ type: [String] })
  months(@CurrentGuide() guide: Guide): Promise<string[]> {
    return this.statements.months(guide.id);
  }

  @Get(':month')
  @ApiOperation({ summary: 'My month: opening + moves = closing, to the fen (R5.6)' })
  @ApiOkResponse({ type: StatementDto })
  @ApiUnprocessableEntityResponse({ description: 'validation-failed: not a month' })
  ofMonth(@CurrentGuide() guide: Guide, @Param() { month }: StatementMonthDto): Promise<Statement> {
    return this.statements.ofMonth(guide, month);
  }
}
