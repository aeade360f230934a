import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn } from '../../platform/database/columns.js';

/**
 * Which guide a visitor meets behind a code, so that the next scan leads to the same one. It changes when that guide no
 * longer serves; what decides about orders is the touch, which is never changed.
 */
@Entity('channel_assignments')
@Index(['channelCodeId', 'memberId'], { unique: true })
@Index(['memberId'])
export class ChannelAssignmentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  channelCodeId: string;

  @RefColumn()
  memberId: string;

  @RefColumn()
  guideId: string;

  /** Business clock. */
  @InstantColumn()
  assignedAt: number;
}
