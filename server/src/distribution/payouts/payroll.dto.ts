import { ContradictionKind, type PayoutContradiction } from '@mall/shared/payouts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;
const DAY = /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** Either a month, or both ends of a range of days. */
export class PayrollQuery {
  @ApiPropertyOptional({ example: '2026-11', description: 'Asia/Shanghai' })
  @IsOptional()
  @Matches(MONTH, { message: '月份须如 2026-11' })
  month?: string;

  @ApiPropertyOptional({ example: '2026-11-01', description: 'The first day, with `to`' })
  @IsOptional()
  @Matches(DAY, { message: '日期须如 2026-11-01' })
  from?: string;

  @ApiPropertyOptional({ example: '2026-11-30', description: 'The last day, inclusive' })
  @IsOptional()
  @Matches(DAY, { message: '日期须如 2026-11-30' })
  to?: string;
}

export class ContradictionsQuery {
  @ApiPropertyOptional({ enum: ['0', '1'], description: '1: only those that nobody has looked at' })
  @IsOptional()
  @IsIn(['0', '1'])
  open?: '0' | '1';
}

export class PayoutContradictionDto implements PayoutContradiction {
  @ApiProperty()
  id: string;

  @ApiProperty({ type: String, nullable: true })
  transferId: string | null;

  @ApiProperty()
  outBillNo: string;

  @ApiProperty({ enum: Object.values(ContradictionKind) })
  kind: ContradictionKind;

  @ApiProperty()
  ours: string;

  @ApiProperty()
  theirs: string;

  @ApiProperty()
  seenAt: number;

  @ApiProperty({ type: Number, nullable: true })
  resolvedAt: number | null;

  @ApiProperty({ type: String, nullable: true })
  resolution: string | null;
}
