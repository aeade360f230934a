import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { EraseAccount } from './erase-account.service.js';

const BATCH = 20;

/** Goes on erasing closed accounts: after a crash, for what was written late, and for orders that had to end first. */
@Injectable()
@ScheduledJob('erase-closed-accounts')
export class EraseClosedAccounts implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly eraseAccount: EraseAccount,
    private readonly wall: WallClock,
  ) {
    this.walk = new DueWalk('erase-closed-accounts', wall);
  }

  run(signal?: AbortSignal): Promise<number> {
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, dueAt FROM account_closures WHERE state = 'erasing' AND dueAt <= ? AND ${afterSql('dueAt')}
           ORDER BY dueAt, id LIMIT ${BATCH}`,
          [this.wall.now(), ...afterOf(after)],
        ),
      act: async ({ id }) => ((await this.eraseAccount.execute(id)) ? 'done' : 'wait'),
      signal,
    });
  }
}
