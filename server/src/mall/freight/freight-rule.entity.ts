import { Entity, Index } from 'typeorm';
import { CountColumn, FenColumn, IdColumn, JsonColumn, TextColumn } from '../../platform/database/columns.js';

/** Delivery to some provinces. The set is replaced as a whole; the audit log keeps the old ones. */
@Entity('freight_rules')
@Index(['position'], { unique: true })
export class FreightRuleEntity {
  @IdColumn()
  id: string;

  @CountColumn()
  position: number;

  /** Province names; empty: everywhere that no other rule names. */
  @JsonColumn()
  provincesJson: string;

  @TextColumn(40)
  name: string;

  @FenColumn()
  freightFen: number;

  /** Null: never free. */
  @FenColumn({ nullable: true })
  freeFromFen: number | null;

  /** 0: no delivery there. */
  @CountColumn()
  served: number;
}
