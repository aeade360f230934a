import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Something that a guide should know, shown at her desk. Once for each subject. */
@Entity('guide_notices')
@Index(['guideId', 'noticeKind', 'subjectId'], { unique: true })
@Index(['guideId', 'id'])
export class GuideNoticeEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  guideId: string;

  /** See GuideNoticeKind. */
  @TextColumn(20)
  noticeKind: string;

  /** The rule, dispute, payout or period that it is about. */
  @RefColumn()
  subjectId: string;

  @TextColumn(60)
  title: string;

  @TextColumn(300)
  body: string;

  /** Business clock, as is the next. */
  @InstantColumn()
  createdAt: number;

  @InstantColumn({ nullable: true })
  readAt: number | null;
}
