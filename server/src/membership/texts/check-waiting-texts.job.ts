import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CheckText } from './check-text.service.js';

const BATCH = 20;
const BUDGET_MS = 10_000;

/** Asks WeChat again about texts that it gave no answer to, less and less often, until HQ has to decide. */
@Injectable()
@ScheduledJob('check-waiting-texts')
export class CheckWaitingTexts implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly check: CheckText,
    private readonly clock: WallClock,
  ) {
    this.walk = new DueWalk('check-waiting-texts', clock, BUDGET_MS);
  }

  async run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, nextTryAt AS dueAt FROM written_texts
           WHERE waitingFor = 'check' AND nextTryAt <= ? AND ${afterSql('nextTryAt')}
           ORDER BY nextTryAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      // Trying puts the next check off by itself, whatever the answer.
      act: async ({ id }) => ((await this.check.execute(id)) ? 'done' : 'moved'),
      signal,
    });
  }
}
