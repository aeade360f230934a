import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { SubmitRefund } from './submit-refund.service.js';

const BATCH = 20;
const BUDGET_MS = 10_000;

/** Carries on with refunds that a crash, a time-out or a lost notice left behind. */
@Injectable()
@ScheduledJob('submit-refunds')
export class SubmitRefunds implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly submit: SubmitRefund,
    private readonly clock: WallClock,
  ) {
    this.walk = new DueWalk('submit-refunds', clock, BUDGET_MS);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, nextCheckAt AS dueAt FROM refunds
           WHERE state IN ('created', 'processing') AND nextCheckAt <= ? AND ${afterSql('nextCheckAt')}
           ORDER BY nextCheckAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: async ({ id }) => {
        // Asking puts the next check off by itself, whatever the answer.
        await this.submit.execute(id);
        return 'moved';
      },
      signal,
    });
  }
}
