import { Injectable } from '@nestjs/common';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk, type Step } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import type { MemberMergeEntity } from './member-merge.entity.js';
import { SweepMerges } from './sweep-merges.js';

const BATCH = 50;
/** After the first minute: an event that failed waits up to ten minutes for its next try, a stuck one for HQ. */
const NEXT_SWEEPS_MS = [15 * MINUTE_MS, HOUR_MS, DAY_MS, 7 * DAY_MS];

/** Looks several times after a merge for what was written under the old id (R2.1), by the wall clock. */
@Injectable()
@ScheduledJob('sweep-merges')
export class SweepMergesJob implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly sweep: SweepMerges,
    private readonly wall: WallClock,
  ) {
    this.walk = new DueWalk('sweep-merges', wall);
  }

  run(signal?: AbortSignal): Promise<number> {
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, sweepDueAt AS dueAt FROM member_merges WHERE sweepDueAt <= ? AND ${afterSql('sweepDueAt')}
           ORDER BY sweepDueAt, id LIMIT ${BATCH}`,
          [this.wall.now(), ...afterOf(after)],
        ),
      act: ({ id }) => this.sweepOne(id),
      signal,
    });
  }

  private async sweepOne(id: string): Promise<Step> {
    const now = this.wall.now();
    return this.unitOfWork.run(async (tx) => {
      const merge = await tx.first<MemberMergeEntity>('SELECT * FROM member_merges WHERE id = ?', [id]);
      if (merge === null) return 'moved';
      const wait = NEXT_SWEEPS_MS[merge.sweeps];
      const taken = await tx.execute(
        'UPDATE member_merges SET sweeps = sweeps + 1, sweepDueAt = ? WHERE id = ? AND sweeps = ?',
        [wait === undefined ? null : now + wait, id, merge.sweeps],
      );
      if (taken === 0) return 'moved';
      await this.sweep.execute(tx, merge);
      return 'done';
    });
  }
}
