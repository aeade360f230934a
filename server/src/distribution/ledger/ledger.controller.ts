import type { LedgerSummary } from '@mall/shared/hq';
import type { Fen } from '@mall/shared/money';
import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { HqOnly } from '../../platform/auth/auth.guard.js';
import { LedgerQueries } from './ledger.queries.js';

class AccountBalanceDto {
  @ApiProperty({ example: 'guide:gde_01…:available' })
  account: string;

  @ApiProperty({ type: Number, description: 'fen' })
  balanceFen: Fen;
}

class LedgerSummaryDto implements LedgerSummary {
  @ApiProperty()
  transactions: number;

  @ApiProperty()
  legs: number;

  @ApiProperty({ type: Number, description: 'Sum over all legs: 0, always' })
  sumFen: Fen;

  @ApiProperty({ type: [AccountBalanceDto] })
  accounts: AccountBalanceDto[];
}

/** HQ's view of the ledger. */
@ApiTags('hq: ledger')
@ApiBearerAuth()
@Controller('api/hq/ledger')
export class LedgerController {
  constructor(private readonly queries: LedgerQueries) {}

  @Get('summary')
  @HqOnly('finance', 'auditor')
  @ApiOperation({ summary: 'Every account, folded from the legs (R5.1)' })
  @ApiOkResponse({ type: LedgerSummaryDto })
  summary(): Promise<LedgerSummary> {
    return this.queries.summary();
  }
}
