import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** R6.5: the arm a member is in, from her first eligible event on. Analysis is by this row, whatever she gets elsewhere. */
@Entity('campaign_assignments')
@Index(['memberId'])
export class CampaignAssignmentEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  campaignId: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  memberId: string;

  /** `treated` or `holdout` */
  @TextColumn(10)
  arm: string;

  @InstantColumn()
  assignedAt: number;

  /** The event that made her eligible. */
  @RefColumn()
  eventId: string;
}
