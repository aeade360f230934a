import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * What the provider says of a transfer does not fit what was stored before it was sent: nothing was changed, and HQ looks
 * (R5.5). Once for each kind of contradiction about one bill, however often it is repeated.
 */
@Entity('payout_contradictions')
@Index(['outBillNo', 'kind'], { unique: true })
@Index(['resolvedAt', 'id'])
export class PayoutContradictionEntity {
  @IdColumn()
  id: string;

  /** Null: no transfer has this number. */
  @RefColumn({ nullable: true })
  transferId: string | null;

  @TextColumn(64)
  outBillNo: string;

  /** See ContradictionKind. */
  @TextColumn(20)
  kind: string;

  @TextColumn(100)
  ours: string;

  @TextColumn(100)
  theirs: string;

  /** Business clock. */
  @InstantColumn()
  seenAt: number;

  @InstantColumn({ nullable: true })
  resolvedAt: number | null;

  @RefColumn({ nullable: true })
  resolvedBy: string | null;

  @TextColumn(200, { nullable: true })
  resolution: string | null;
}
