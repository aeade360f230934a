import type { Fen } from '@mall/shared/money';
import { Entity, Index } from 'typeorm';
import { FenColumn, IdColumn, InstantColumn, RefColumn } from '../../platform/database/columns.js';

/** A commission that a dispute's decision gave to another guide (R5.3: reversals follow its present holder). Insert-only. */
@Entity('commission_moves')
@Index(['entryId', 'disputeId'], { unique: true })
export class CommissionMoveEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  entryId: string;

  @RefColumn()
  disputeId: string;

  /** Null: nobody had earned it. Guides, or the stores of the two. */
  @RefColumn({ nullable: true })
  fromPayeeId: string | null;

  @RefColumn()
  toPayeeId: string;

  /** What it was still worth. */
  @FenColumn()
  amountFen: Fen;

  /** Business clock. */
  @InstantColumn()
  at: number;
}
