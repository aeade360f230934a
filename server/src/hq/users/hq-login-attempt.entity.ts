import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CountColumn, InstantColumn } from '../../platform/database/columns.js';

/**
 * Failed sign-ins of a user name, from whatever addresses. Kept for names that nobody has as well: a limit only for
 * real ones would tell which are real.
 */
@Entity('hq_login_attempts')
@Index(['lastAt'])
export class HqLoginAttemptEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  username: string;

  /** Since the last success. */
  @CountColumn()
  failures: number;

  /** Wall clock, as is the next. */
  @InstantColumn()
  lastAt: number;

  /** No password is looked at before. */
  @InstantColumn()
  blockedUntil: number;
}
