import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * Whose customer a member is, from a time on (R2.3). Append-only: the row of the highest sequence is what holds, and
 * the key on it lets only one of two simultaneous changes through.
 */
@Entity('bindings')
@Index(['memberId', 'memberSequence'], { unique: true })
@Index(['memberId', 'cause', 'causeId'], { unique: true })
@Index(['guideId', 'memberId'])
@Index(['relationId'])
export class BindingEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** 1, 2, 3 … of this member. */
  @CountColumn()
  memberSequence: number;

  /** Null: bound to nobody from here on. */
  @RefColumn({ nullable: true })
  guideId: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  /** The guide of the row before. */
  @RefColumn({ nullable: true })
  fromGuideId: string | null;

  /** `join`, `order`, `renewal`, `hand_over`, `transfer`, `member_choice` or `merged` */
  @TextColumn(20)
  cause: string;

  /** What caused it: a touch, an order, a hand-over. */
  @RefColumn({ nullable: true })
  causeId: string | null;

  /** The row with which the unbroken relation to this guide began; its own id for the first. */
  @RefColumn()
  relationId: string;

  /** When that relation began. Business clock, as are the next three. */
  @InstantColumn()
  relationSince: number;

  @InstantColumn()
  startsAt: number;

  /** By the clock alone; a paid order may hold it longer. */
  @InstantColumn()
  protectedUntil: number;

  @InstantColumn()
  validUntil: number;

  /** Who did it; null: the rules did. */
  @TextColumn(36, { nullable: true })
  actorId: string | null;

  /** In the actor's words; only a transfer has one of its own. */
  @TextColumn(200, { nullable: true })
  reason: string | null;

  /** Wall clock. */
  @InstantColumn()
  recordedAt: number;
}
