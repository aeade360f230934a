import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Two entries that may be one person, or a number that was recycled: HQ decides (R2.1, C4). */
@Entity('member_cases')
@Index(['memberId', 'otherMemberId'], { unique: true })
@Index(['state', 'id'])
export class MemberCaseEntity {
  @IdColumn()
  id: string;

  /** Who verified the number. */
  @RefColumn()
  memberId: string;

  /** Who holds it. */
  @RefColumn()
  otherMemberId: string;

  /** The number that both claim, as `members.phoneHash`: a merge may move it. Null: the case is about no number. */
  @TextColumn(64, { nullable: true })
  phoneHash: string | null;

  /** `open`, `merged`, `released` (the holder gave the number up) or `dismissed` */
  @TextColumn(10)
  state: string;

  /** Business clock, as is the next. */
  @InstantColumn()
  openedAt: number;

  @InstantColumn({ nullable: true })
  decidedAt: number | null;

  @RefColumn({ nullable: true })
  decidedBy: string | null;

  @TextColumn(200, { nullable: true })
  reason: string | null;
}
