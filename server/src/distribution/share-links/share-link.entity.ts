import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** What a guide shares: a short code that stands for her, a page and a placement. */
@Entity('share_links')
@Index(['code'], { unique: true })
@Index(['guideId', 'id'])
export class ShareLinkEntity {
  @IdColumn()
  id: string;

  /** Keys compare case-sensitively; see writeSourceOptions. */
  @TextColumn(8)
  code: string;

  @RefColumn()
  guideId: string;

  /** Her store when she made it. */
  @RefColumn()
  storeId: string;

  /** Null: the home page. */
  @RefColumn({ nullable: true })
  productId: string | null;

  /** See SharePlacement. */
  @TextColumn(10)
  placement: string;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  revokedAt: number | null;
}
