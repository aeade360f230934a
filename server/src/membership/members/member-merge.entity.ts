import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Two entries of one person became one (R2.1). Insert-only. */
@Entity('member_merges')
@Index(['fromMemberId'], { unique: true })
export class MemberMergeEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  fromMemberId: string;

  @RefColumn()
  intoMemberId: string;

  /** `unionid`, `phone` or `hq` */
  @TextColumn(10)
  cause: string;

  /** Business clock. */
  @InstantColumn()
  at: number;
}
