import type { Fen } from '@mall/shared/money';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { FenColumn, InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** What one refund meant for one commission: charged to the payee, or borne by HQ and why (R5.3, R5.4). Insert-only. */
@Entity('commission_refunds')
@Index(['refundId'])
export class CommissionRefundEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  entryId: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  refundId: string;

  /** The line's part of the refund. */
  @FenColumn()
  amountFen: Fen;

  /** `charged`, `goodwill` or `final` */
  @TextColumn(10)
  bearing: 'charged' | 'goodwill' | 'final';

  /** What was taken back; 0 when HQ bears it. */
  @FenColumn()
  reversedFen: Fen;

  @InstantColumn()
  at: number;
}
