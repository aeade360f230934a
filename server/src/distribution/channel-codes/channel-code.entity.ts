import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A code that HQ prints: what it opens and whose it is are looked up here, so both can change under the print. */
@Entity('channel_codes')
@Index(['code'], { unique: true })
export class ChannelCodeEntity {
  @IdColumn()
  id: string;

  /** Seven characters: a share link's code has eight, so the two never meet. */
  @TextColumn(7)
  code: string;

  /** `channel`, `store` or `pack`. */
  @TextColumn(10)
  kind: string;

  @TextColumn(60)
  label: string;

  @RefColumn({ nullable: true })
  storeId: string | null;

  /** `home`, `product`, `brand` or `join`. */
  @TextColumn(10)
  targetKind: string;

  @RefColumn({ nullable: true })
  targetId: string | null;

  /** From 1; every change adds one. */
  @CountColumn()
  revision: number;

  /** Counts who drew a guide. Its update is the lock under which one is chosen. */
  @CountColumn()
  tickets: number;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  revokedAt: number | null;
}
