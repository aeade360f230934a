import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Two entries of one person became one (R2.1). Insert-only. */
@Entity('member_merges')
@Index(['fromMemberId'], { unique: true })
@Index(['pairKey'], { unique: true })
@Index(['intoMemberId'])
@Index(['sweepDueAt'])
export class MemberMergeEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  fromMemberId: string;

  @RefColumn()
  intoMemberId: string;

  /** Both ids in order: two merges of one pair in opposite directions never both happen. */
  @TextColumn(73)
  pairKey: string;

  /** `unionid`, `phone` or `hq` */
  @TextColumn(10)
  cause: string;

  /** Business clock. */
  @InstantColumn()
  at: number;

  /** How often what was written under the old id afterwards has been looked for. */
  @CountColumn()
  sweeps: number;

  /** When to look again, wall clock; null: no more. */
  @InstantColumn({ nullable: true })
  sweepDueAt: number | null;
}
