import type { Fen } from '@mall/shared/money';
import type { DryRun, DryRunRow, MarginCheck, MarginLine } from '@mall/shared/rates';
import { ApiProperty } from '@nestjs/swagger';

class DryRunRowDto implements DryRunRow {
  @ApiProperty()
  id: string;

  @ApiProperty()
  name: string;

  @ApiProperty()
  lines: number;

  @ApiProperty({ type: Number })
  beforeFen: Fen;

  @ApiProperty({ type: Number })
  afterFen: Fen;

  @ApiProperty({ type: Number })
  differenceFen: Fen;
}

class DryRunTotalDto {
  @ApiProperty({ type: Number })
  beforeFen: Fen;

  @ApiProperty({ type: Number })
  afterFen: Fen;

  @ApiProperty({ type: Number })
  differenceFen: Fen;
}

class RowsLeftOutDto {
  @ApiProperty()
  guides: number;

  @ApiProperty()
  stores: number;

  @ApiProperty()
  products: number;
}

class WhoFeelsItDto {
  @ApiProperty()
  count: number;

  @ApiProperty({ type: [DryRunRowDto] })
  most: DryRunRowDto[];
}

class MarginLineDto implements MarginLine {
  @ApiProperty()
  skuId: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: String, nullable: true, description: 'null: one piece of the catalogue of today' })
  orderLineId: string | null;

  @ApiProperty({ type: Number })
  baseFen: Fen;

  @ApiProperty({ type: Number })
  costFen: Fen;

  @ApiProperty({ type: Number })
  commissionFen: Fen;

  @ApiProperty({ type: Number })
  marginFen: Fen;

  @ApiProperty()
  marginBps: number;
}

class MarginCheckDto implements MarginCheck {
  @ApiProperty()
  floorBps: number;

  @ApiProperty()
  breaches: number;

  @ApiProperty()
  passed: number;

  @ApiProperty({ description: 'Cost unknown: never counted as passed' })
  unknown: number;

  @ApiProperty({ type: [MarginLineDto] })
  worst: MarginLineDto[];
}

export class DryRunDto implements DryRun {
  @ApiProperty()
  from: number;

  @ApiProperty()
  to: number;

  @ApiProperty()
  lines: number;

  @ApiProperty()
  linesRepriced: number;

  @ApiProperty({ type: DryRunTotalDto })
  total: DryRunTotalDto;

  @ApiProperty({ type: [DryRunRowDto] })
  byGuide: DryRunRowDto[];

  @ApiProperty({ type: [DryRunRowDto] })
  byStore: DryRunRowDto[];

  @ApiProperty({ type: [DryRunRowDto] })
  byProduct: DryRunRowDto[];

  @ApiProperty({ type: RowsLeftOutDto })
  rowsLeftOut: RowsLeftOutDto;

  @ApiProperty({ type: WhoFeelsItDto })
  winners: WhoFeelsItDto;

  @ApiProperty({ type: WhoFeelsItDto })
  losers: WhoFeelsItDto;

  @ApiProperty({ type: MarginCheckDto })
  margin: MarginCheckDto;
}
