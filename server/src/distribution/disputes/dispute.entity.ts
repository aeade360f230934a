import type { Fen } from '@mall/shared/money';
import { Entity, Index } from 'typeorm';
import {
  FenColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A guide's appeal against an attribution, with the evidence as it stood when she appealed. */
@Entity('disputes')
@Index(['orderId', 'guideId'], { unique: true })
@Index(['state', 'id'])
@Index(['guideId', 'id'])
export class DisputeEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  orderId: string;

  @TextColumn(32)
  orderNumber: string;

  /** Who appeals. */
  @RefColumn()
  guideId: string;

  /** `open`, `granted`, `refused` or `withdrawn` */
  @TextColumn(10)
  state: 'open' | 'granted' | 'refused' | 'withdrawn';

  @TextColumn(200, { nullable: true })
  note: string | null;

  /** Decision, evidence and commissions at the time of the appeal. */
  @LongTextColumn()
  evidenceJson: string;

  /** Business clock, as is `decidedAt`. */
  @InstantColumn()
  openedAt: number;

  @InstantColumn({ nullable: true })
  decidedAt: number | null;

  @RefColumn({ nullable: true })
  decidedBy: string | null;

  @TextColumn(200, { nullable: true })
  reason: string | null;

  /** What the decision gave her. */
  @FenColumn({ nullable: true })
  movedFen: Fen | null;
}
