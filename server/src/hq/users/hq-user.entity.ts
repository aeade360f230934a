import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Somebody at headquarters. */
@Entity('hq_users')
@Index(['username'], { unique: true })
export class HqUserEntity {
  @IdColumn()
  id: string;

  /** Lower case. */
  @TextColumn(40)
  username: string;

  @TextColumn(100)
  passwordHash: string;

  /** See HqRole. */
  @TextColumn(20)
  hqRole: string;

  /** The one store of a store manager; null: all. */
  @RefColumn({ nullable: true })
  storeId: string | null;

  /** Wall clock. */
  @InstantColumn()
  createdAt: number;

  /** Wall clock. */
  @InstantColumn({ nullable: true })
  disabledAt: number | null;
}
