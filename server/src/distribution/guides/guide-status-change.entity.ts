import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A guide's states over time, the first at her registration. Insert-only: attribution replays from it (R3.4). */
@Entity('guide_status_changes')
@Index(['guideId', 'at'])
export class GuideStatusChangeEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  guideId: string;

  /** See GuideStatus. */
  @TextColumn(10)
  status: string;

  /** Business clock. */
  @InstantColumn()
  at: number;

  @TextColumn(200)
  reason: string;

  @TextColumn(36)
  actorId: string;
}
