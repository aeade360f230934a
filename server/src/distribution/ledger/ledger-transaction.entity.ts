import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * One business fact in money (R5.1). Insert-only. The unique key names what happened (an order paid, a line accrued,
 * a refund), never the message that reported it: a notice and a query of one payment post once.
 */
@Entity('ledger_transactions')
@Index(['sourceKind', 'sourceId', 'payee', 'fact'], { unique: true })
export class LedgerTransactionEntity {
  @IdColumn()
  id: string;

  /** e.g. `order`, `commission-entry`, `refund` */
  @TextColumn(30)
  sourceKind: string;

  @TextColumn(36)
  sourceId: string;

  /** Whose fact it is where one source has several, e.g. a commission entry's id; empty otherwise. */
  @TextColumn(60)
  payee: string;

  /** e.g. `paid`, `accrued`, `frozen`, `released`, `reversed` */
  @TextColumn(30)
  fact: string;

  /** When it happened (business clock). */
  @InstantColumn()
  occurredAt: number;

  /** When it was written (wall clock). */
  @InstantColumn()
  recordedAt: number;
}
