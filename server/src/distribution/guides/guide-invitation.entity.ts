import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** HQ's invitation of one person to one store: accepted once or never. */
@Entity('guide_invitations')
@Index(['code'], { unique: true })
export class GuideInvitationEntity {
  @IdColumn()
  id: string;

  @TextColumn(8)
  code: string;

  @RefColumn()
  storeId: string;

  @TextColumn(20)
  guideName: string;

  @TextColumn(20)
  tier: string;

  @TextColumn(36)
  createdBy: string;

  /** Business clock, as are the next two. */
  @InstantColumn()
  createdAt: number;

  @InstantColumn()
  expiresAt: number;

  @InstantColumn({ nullable: true })
  acceptedAt: number | null;

  /** The member's id. */
  @RefColumn({ nullable: true })
  acceptedBy: string | null;
}
