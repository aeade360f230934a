import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, LongTextColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Whose sale an order is, decided in the order's own transaction and frozen (R3.1). Insert-only. */
@Entity('attributions')
@Index(['guideId', 'decidedAt'])
@Index(['memberId', 'decidedAt'])
export class AttributionEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderId: string;

  @RefColumn()
  memberId: string;

  /** The branch of R3.2: a to f. */
  @TextColumn(1)
  branch: string;

  @RefColumn({ nullable: true })
  guideId: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  @RefColumn({ nullable: true })
  bindingId: string | null;

  @RefColumn({ nullable: true })
  touchId: string | null;

  @TextColumn(36)
  settingsVersion: string;

  @TextColumn(200)
  sentence: string;

  /** The whole decision with every loser and its reason. */
  @LongTextColumn()
  decisionJson: string;

  /** The raw facts that it rests on (R3.4): deciding again from them gives the same. */
  @LongTextColumn()
  evidenceJson: string;

  @InstantColumn()
  decidedAt: number;
}
