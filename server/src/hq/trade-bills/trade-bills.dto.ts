import type { Fen } from '@mall/shared/money';
import {
  type BillDifference,
  BillDifferenceKind,
  type BillResolution,
  type TradeBillState,
  type TradeBillSummary,
} from '@mall/shared/trade-bills';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import { PageQuery } from '../../platform/http/page.js';

export class TradeBillDto implements TradeBillSummary {
  @ApiProperty({ example: '2026-11-27' })
  billDate: string;

  @ApiProperty({ enum: ['wanted', 'stored'] })
  state: TradeBillState;

  @ApiProperty()
  rows: number;

  @ApiProperty({ type: Number, description: 'fen' })
  orderFen: Fen;

  @ApiProperty({ type: Number, description: 'fen' })
  refundFen: Fen;

  @ApiProperty()
  openDifferences: number;

  @ApiProperty({ type: String, nullable: true })
  lastError: string | null;

  @ApiProperty({ type: Number, nullable: true })
  storedAt: number | null;
}

type BillValues = Record<string, string | number | null>;

export class BillDifferenceDto implements BillDifference {
  @ApiProperty({ example: 'bdf_01…' })
  id: string;

  @ApiProperty({ example: '2026-11-27' })
  billDate: string;

  @ApiProperty({ enum: Object.values(BillDifferenceKind) })
  kind: BillDifferenceKind;

  @ApiProperty({ enum: ['payment', 'refund'] })
  subject: 'payment' | 'refund';

  @ApiProperty({ description: 'out_trade_no or out_refund_no' })
  number: string;

  @ApiProperty({ type: Object, nullable: true, description: "The bill's row" })
  billRow: BillValues | null;

  @ApiProperty({ type: Number, nullable: true, description: 'fen' })
  billFen: Fen | null;

  @ApiProperty({ type: Object, nullable: true, description: 'Payment with its order, or refund' })
  ourRow: BillValues | null;

  @ApiProperty({ type: Number, nullable: true, description: 'fen' })
  ourFen: Fen | null;

  @ApiProperty({ enum: ['open', 'resolved'] })
  state: 'open' | 'resolved';

  @ApiProperty({ type: String, nullable: true, description: 'HQ user, or system' })
  resolvedBy: string | null;

  @ApiProperty({ type: String, nullable: true })
  resolvedReason: string | null;

  @ApiProperty({ type: Number, nullable: true })
  resolvedAt: number | null;
}

export class BillResolutionDto implements BillResolution {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  reason: string;
}

export class BillDifferenceQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ['open', 'resolved'], description: 'open when absent' })
  @IsOptional()
  @IsIn(['open', 'resolved'])
  state?: 'open' | 'resolved';

  @ApiPropertyOptional({ example: '2026-11-27' })
  @IsOptional()
  @Matches(/^\d{4}-\d\d-\d\d$/)
  billDate?: string;
}
