import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../platform/database/columns.js';

/** One comparison of orders, payments, ledger, commissions and payouts (R5.7). */
@Entity('reconciliation_runs')
@Index(['startedAt'])
@Index(['businessDay'], { unique: true })
export class ReconciliationRunEntity {
  @IdColumn()
  id: string;

  /** `daily` or `asked` */
  @TextColumn(10)
  cause: 'daily' | 'asked';

  /** Of the daily run, Asia/Shanghai: the key lets one worker have it. Null when it was asked for. */
  @TextColumn(10, { nullable: true })
  businessDay: string | null;

  /** Wall clock, as is the next. */
  @InstantColumn()
  startedAt: number;

  /** Null while it runs, and for ever if its process ended; another worker takes an old one over. */
  @InstantColumn({ nullable: true })
  finishedAt: number | null;

  /** Rows compared. */
  @CountColumn()
  compared: number;

  @CountColumn()
  differences: number;

  /** Counts of each check, and the first differences of each with their rows. */
  @JsonColumn()
  reportJson: string;
}
