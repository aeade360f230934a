import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A URL Link that WeChat made for a code of ours. Insert-only: the next one has the next number. */
@Entity('url_links')
@Index(['ownerId', 'serial'], { unique: true })
export class UrlLinkEntity {
  @IdColumn()
  id: string;

  /** The share link or channel code that it opens. */
  @RefColumn()
  ownerId: string;

  /** From 1: of two makers at once the key lets one win, and both answer with that one. */
  @CountColumn()
  serial: number;

  @TextColumn(500)
  url: string;

  /** Wall clock, as WeChat's end is. */
  @InstantColumn()
  createdAt: number;

  /** Wall clock. */
  @InstantColumn()
  expiresAt: number;
}
