import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A member closed her account: stored first, then every room erases what it holds, as often as it takes. */
@Entity('account_closures')
@Index(['memberId'], { unique: true })
@Index(['state', 'dueAt'])
export class AccountClosureEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** `erasing` or `done` */
  @TextColumn(10)
  state: string;

  /** Business clock. */
  @InstantColumn()
  closedAt: number;

  /** Wall clock. */
  @InstantColumn()
  recordedAt: number;

  /** Wall clock: when the rooms are asked next; null: done. */
  @InstantColumn({ nullable: true })
  dueAt: number | null;

  @CountColumn()
  runs: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  doneAt: number | null;
}
