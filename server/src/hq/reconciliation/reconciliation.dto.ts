import type {
  ReconciliationCheck,
  ReconciliationDifference,
  ReconciliationReport,
  ReconciliationRun,
  ReconciliationSide,
} from '@mall/shared/reconciliation';
import { ApiProperty } from '@nestjs/swagger';

class ReconciliationCheckDto implements ReconciliationCheck {
  @ApiProperty({ example: 'commission-ledger' })
  name: string;

  @ApiProperty({ description: 'What must hold' })
  sentence: string;

  @ApiProperty()
  compared: number;

  @ApiProperty({ description: 'Not comparable yet: an event of the order still waits for its handler' })
  inFlight: number;

  @ApiProperty()
  differences: number;
}

class ReconciliationSideDto implements ReconciliationSide {
  @ApiProperty({ example: 'orders', description: 'The table, or `computed: …`' })
  source: string;

  @ApiProperty({ type: Object, nullable: true, description: 'null: there is no such row' })
  row: Record<string, string | number | null> | null;

  @ApiProperty({ type: Number, nullable: true, description: 'fen' })
  amountFen: number | null;
}

class ReconciliationDifferenceDto implements ReconciliationDifference {
  @ApiProperty()
  check: string;

  @ApiProperty({ description: 'The id that it is about' })
  subject: string;

  @ApiProperty({ description: 'What does not fit' })
  sentence: string;

  @ApiProperty()
  left: ReconciliationSideDto;

  @ApiProperty()
  right: ReconciliationSideDto;

  @ApiProperty({ type: Number, nullable: true, description: 'left − right, fen; null where it is no amount' })
  differenceFen: number | null;
}

export class ReconciliationRunDto implements ReconciliationRun {
  @ApiProperty({ example: 'rec_01J…' })
  id: string;

  @ApiProperty({ enum: ['daily', 'asked'] })
  cause: 'daily' | 'asked';

  @ApiProperty({ type: String, nullable: true, example: '2026-11-22', description: 'Of the daily run, Asia/Shanghai' })
  businessDay: string | null;

  @ApiProperty({ description: 'epoch ms, wall clock' })
  startedAt: number;

  @ApiProperty({ type: Number, nullable: true, description: 'null while it runs' })
  finishedAt: number | null;

  @ApiProperty()
  compared: number;

  @ApiProperty()
  inFlight: number;

  @ApiProperty()
  differences: number;

  @ApiProperty({ type: [ReconciliationCheckDto] })
  checks: ReconciliationCheckDto[];
}

export class ReconciliationReportDto extends ReconciliationRunDto implements ReconciliationReport {
  @ApiProperty({ type: [ReconciliationDifferenceDto], description: 'The first differences of each check' })
  rows: ReconciliationDifferenceDto[];
}
