import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CountColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A guide who had a hand in an order, won or lost: her own list of orders, and the assists of R3.5. Insert-only. */
@Entity('attribution_candidates')
@Index(['guideId', 'decidedAt'])
@Index(['guideId', 'orderId'])
export class AttributionCandidateEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderId: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  guideId: string;

  /** `won` (the order or a line of it) or `lost` */
  @TextColumn(4)
  outcome: 'won' | 'lost';

  /** Why she lost: the reason nearest to winning; null when she won. */
  @TextColumn(30, { nullable: true })
  reason: string | null;

  /** 1: she touched in the window and lost to somebody else (R3.5). */
  @CountColumn()
  isAssist: number;

  /** Her tier and store at the decision: an appeal that is granted later pays by them (R4.3). */
  @TextColumn(20)
  tier: string;

  @RefColumn()
  storeId: string;

  @InstantColumn()
  decidedAt: number;
}
