import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, JsonColumn, TextColumn } from '../../platform/database/columns.js';

/** One comparison of orders, payments, ledger, commissions and payouts (R5.7). Insert-only. */
@Entity('reconciliation_runs')
@Index(['startedAt'])
export class ReconciliationRunEntity {
  @IdColumn()
  id: string;

  /** `daily` or `asked` */
  @TextColumn(10)
  cause: string;

  /** Wall clock, as is the next. */
  @InstantColumn()
  startedAt: number;

  @InstantColumn()
  finishedAt: number;

  /** Rows compared. */
  @CountColumn()
  compared: number;

  @CountColumn()
  differences: number;

  /** The first differences, each with its rows. */
  @JsonColumn()
  reportJson: string;
}
