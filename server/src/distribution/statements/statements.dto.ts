import type { Fen } from '@mall/shared/money';
import type { Statement, StatementAccount, StatementLine } from '@mall/shared/payouts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { ACCOUNTS } from './domain/statement.js';

export class StatementMonthDto {
  @ApiProperty({ example: '2026-11', description: 'Asia/Shanghai' })
  @Matches(/^20\d\d-(0[1-9]|1[0-2])$/, { message: '月份格式为 YYYY-MM' })
  month: string;
}

export class HqStatementParamsDto extends StatementMonthDto {
  @ApiProperty({ description: 'The guide' })
  @Matches(/^[\w-]{1,36}$/)
  id: string;
}

export class StatementFormatDto {
  @ApiPropertyOptional({ enum: ['json', 'csv'], default: 'json' })
  @IsOptional()
  @IsIn(['json', 'csv'])
  format?: 'json' | 'csv';
}

class StatementAccountDto implements StatementAccount {
  @ApiProperty({ type: Number })
  openingFen: Fen;

  @ApiProperty({ type: Number, description: 'opening + moves of the month' })
  closingFen: Fen;
}

class StatementAccountsDto implements Record<StatementLine['account'], StatementAccount> {
  @ApiProperty()
  pending: StatementAccountDto;

  @ApiProperty()
  frozen: StatementAccountDto;

  @ApiProperty()
  available: StatementAccountDto;

  @ApiProperty()
  paying: StatementAccountDto;

  @ApiProperty()
  paid: StatementAccountDto;

  @ApiProperty({ description: 'Tax of what arrived' })
  withheld: StatementAccountDto;
}

class StatementTotalsDto {
  @ApiProperty({ type: Number })
  accruedFen: Fen;

  @ApiProperty({ type: Number })
  releasedFen: Fen;

  @ApiProperty({ type: Number })
  reversedFen: Fen;

  @ApiProperty({ type: Number })
  lapsedFen: Fen;

  @ApiProperty({ type: Number, description: 'Into (+) or out of (−) her accounts by decisions of disputes' })
  disputedFen: Fen;

  @ApiProperty({ type: Number })
  paidOutFen: Fen;

  @ApiProperty({ type: Number, description: 'Tax of what arrived' })
  withheldFen: Fen;

  @ApiProperty({ type: Number })
  returnedFen: Fen;
}

class StatementLineDto implements StatementLine {
  @ApiProperty()
  at: number;

  @ApiProperty({ description: 'In Chinese' })
  text: string;

  @ApiProperty({ type: Number, description: 'fen, into (+) or out of (−) the account' })
  amountFen: Fen;

  @ApiProperty({ enum: ACCOUNTS })
  account: StatementLine['account'];

  @ApiProperty({ type: String, nullable: true })
  entryId: string | null;

  @ApiProperty({ type: String, nullable: true })
  orderNumber: string | null;
}

export class StatementDto implements Statement {
  @ApiProperty({ example: '2026-11' })
  month: string;

  @ApiProperty()
  guideName: string;

  @ApiProperty()
  storeName: string;

  @ApiProperty()
  accounts: StatementAccountsDto;

  @ApiProperty()
  totals: StatementTotalsDto;

  @ApiProperty({ type: [StatementLineDto] })
  lines: StatementLineDto[];
}
