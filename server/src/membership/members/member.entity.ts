import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, SealedColumn, TextColumn } from '../../platform/database/columns.js';

/** One person, a visitor until `joinedAt` is set (R2.1). */
@Entity('members')
@Index(['unionid'], { unique: true })
@Index(['phoneHash'], { unique: true })
@Index(['mergedInto'])
export class MemberEntity {
  @IdColumn()
  id: string;

  /** One person over all mini-programs of the group; null while WeChat names none. */
  @TextColumn(64, { nullable: true })
  unionid: string | null;

  @TextColumn(40, { nullable: true })
  nickname: string | null;

  /** The number at rest is sealed; `phoneHash` finds it again, `phoneTail` is what others may see (R2.6). */
  @SealedColumn({ length: 200, nullable: true })
  phoneSealed: string | null;

  @TextColumn(64, { nullable: true })
  phoneHash: string | null;

  @TextColumn(4, { nullable: true })
  phoneTail: string | null;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  joinedAt: number | null;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** R2.5: `guide` may write to her, `hq_only`, or `nobody`. */
  @TextColumn(10, { default: 'guide' })
  contactPreference: string;

  /** Set when two entries of one person were merged: this one is no longer used. */
  @RefColumn({ nullable: true })
  mergedInto: string | null;

  /** Business clock: when she closed her account. What is left names nobody. */
  @InstantColumn({ nullable: true })
  closedAt: number | null;
}
