import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A card, poster, code or link that a guide made ready to share (R8): WeChat reports no completed share. Insert-only. */
@Entity('share_intents')
@Index(['guideId', 'at'])
@Index(['at'])
export class ShareIntentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  guideId: string;

  @RefColumn()
  linkId: string;

  @TextColumn(10)
  placement: string;

  /** Business clock. */
  @InstantColumn()
  at: number;
}
