import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** HQ gives a guide's members to others (R2.4). Its id is the cause of every binding that it made. */
@Entity('hand_overs')
@Index(['fromGuideId'])
@Index(['openOf'], { unique: true })
export class HandOverEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  fromGuideId: string;

  /** The guide's id while members are still being moved, else null: one hand-over of a guide at a time. */
  @RefColumn({ nullable: true })
  openOf: string | null;

  /** Ids of those who take over, in order. */
  @JsonColumn()
  toGuideIdsJson: string;

  @TextColumn(200)
  reason: string;

  @RefColumn()
  actorId: string;

  /** Members moved so far. */
  @CountColumn()
  moved: number;

  /** Counts transactions. Writing it first makes two runs of one hand-over wait for each other. */
  @CountColumn()
  batches: number;

  /** Business clock, as is the next. */
  @InstantColumn()
  startedAt: number;

  /** Null while members are still being moved. */
  @InstantColumn({ nullable: true })
  finishedAt: number | null;
}
