import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/columns.js';

/**
 * R6.4: a member has as many turns as she may get messages in the window, and one that was used is free again when the
 * window is over. Taking one by a conditional update holds the cap without counting.
 */
@Entity('message_turns')
export class MessageTurnEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  memberId: string;

  @PrimaryColumn({ type: 'integer' })
  slot: number;

  /** Business clock. */
  @InstantColumn()
  usedAt: number;
}
