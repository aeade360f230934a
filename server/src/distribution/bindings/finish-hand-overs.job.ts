import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { MoveMembers } from './move-members.service.js';

const BATCH = 20;

/** Finishes hand-overs that a request left: too many members for one, or a process that died (R2.4). */
@Injectable()
@ScheduledJob('finish-hand-overs')
export class FinishHandOvers implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly moveMembers: MoveMembers,
    wallClock: WallClock,
  ) {
    this.walk = new DueWalk('finish-hand-overs', wallClock);
  }

  run(signal?: AbortSignal): Promise<number> {
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, startedAt AS dueAt FROM hand_overs WHERE openOf IS NOT NULL AND ${afterSql('startedAt')}
           ORDER BY startedAt, id LIMIT ${BATCH}`,
          afterOf(after),
        ),
      act: async ({ id }) => {
        const { finishedAt } = await this.moveMembers.execute(id, Number.POSITIVE_INFINITY, signal);
        return finishedAt === null ? 'wait' : 'done';
      },
      signal,
    });
  }
}
