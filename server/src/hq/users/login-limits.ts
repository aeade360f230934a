import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { waitAfter } from './domain/login-backoff.js';
import { HqLoginAttemptEntity } from './hq-login-attempt.entity.js';

/** Limits tries by user name, so that many addresses together cannot guess a password either. */
@Injectable()
export class LoginLimits {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
  ) {}

  /**
   * Charges a try before the password is looked at: a hundred at once are not a hundred free tries. Throws 429 while
   * the name rests.
   */
  async charge(username: string): Promise<void> {
    const waitMs = await this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      // Names that nobody has must not fill the table for ever.
      await tx.execute('DELETE FROM hq_login_attempts WHERE lastAt < ?', [now - DAY_MS]);
      const charged = (await this.add(tx, username, now)) || (await this.begin(tx, username, now));
      const row = await tx.first<HqLoginAttemptEntity>('SELECT * FROM hq_login_attempts WHERE username = ?', [
        username,
      ]);
      if (row === null || !charged) return Math.max(1_000, (row?.blockedUntil ?? now) - now);
      const blockedUntil = now + waitAfter(row.failures);
      await tx.execute('UPDATE hq_login_attempts SET blockedUntil = ? WHERE username = ?', [blockedUntil, username]);
      return 0;
    });
    if (waitMs === 0) return;
    const retryAfterSeconds = Math.ceil(waitMs / 1_000);
    throw new ProblemError(ProblemType.RateLimited, {
      detail: `尝试次数过多，请在 ${retryAfterSeconds} 秒后再试`,
      retryAfterSeconds,
    });
  }

  /** The update locks the row before it is read: simultaneous tries are counted one after the other. */
  private async add(tx: Tx, username: string, now: number): Promise<boolean> {
    const added = await tx.execute(
      'UPDATE hq_login_attempts SET failures = failures + 1, lastAt = ? WHERE username = ? AND blockedUntil <= ?',
      [now, username, now],
    );
    return added === 1;
  }

  private async begin(tx: Tx, username: string, now: number): Promise<boolean> {
    const known = await tx.first<HqLoginAttemptEntity>('SELECT * FROM hq_login_attempts WHERE username = ?', [
      username,
    ]);
    // Begun by another try since the update found nothing.
    if (known !== null) return known.blockedUntil <= now && this.add(tx, username, now);
    const begun = await tx.insertOnce(HqLoginAttemptEntity, { username, failures: 1, lastAt: now, blockedUntil: 0 });
    return begun || this.add(tx, username, now);
  }

  /** After a right password the name starts afresh. */
  async forget(username: string): Promise<void> {
    await this.unitOfWork.run((tx) => tx.execute('DELETE FROM hq_login_attempts WHERE username = ?', [username]));
  }
}
