import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** One arrival through a code (R2.2). Never updated: attribution replays from it (R3.4). */
@Entity('touches')
@Index(['memberId', 'occurredAt'])
@Index(['memberId', 'recordedAt'])
@Index(['shareLinkId', 'occurredAt'])
@Index(['guideId', 'occurredAt'])
@Index(['channelCodeId', 'occurredAt'])
export class TouchEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** Null when no link has this code. */
  @RefColumn({ nullable: true })
  shareLinkId: string | null;

  /** Set when it is a code that HQ printed. */
  @RefColumn({ nullable: true })
  channelCodeId: string | null;

  /** As the phone reported it. */
  @TextColumn(64)
  reportedCode: string;

  /**
   * Whose link it is, also when the touch is not valid: a loser is recorded with its reason (C26). Of a code that several
   * guides share, the one whom this visitor was given. Null: nobody's, or HQ's or the store's.
   */
  @RefColumn({ nullable: true })
  guideId: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  @RefColumn({ nullable: true })
  productId: string | null;

  /** WeChat's scene value. */
  @CountColumn()
  scene: number;

  /** See SharePlacement; of HQ's codes their kind. */
  @TextColumn(10, { nullable: true })
  placement: string | null;

  /** Found at that time: `valid`, `unknown`, `revoked` or `own`. */
  @TextColumn(10)
  validity: string;

  /** Business clock. */
  @InstantColumn()
  occurredAt: number;

  /** Wall clock. */
  @InstantColumn()
  recordedAt: number;
}
