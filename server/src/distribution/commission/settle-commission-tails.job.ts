import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { SettleTail } from './settle-tail.service.js';

const BATCH = 200;

/** R4.6: a tail vests when its days are over, or goes to HQ when finality comes without a second order. */
@Injectable()
@ScheduledJob('settle-commission-tails')
export class SettleCommissionTails implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly settleTail: SettleTail,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.walk = new DueWalk('settle-commission-tails', wallClock);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, tailDueAt AS dueAt FROM commission_entries
           WHERE tailState = 'waiting' AND state <> 'void' AND tailDueAt <= ? AND ${afterSql('tailDueAt')}
             AND NOT EXISTS (SELECT 1 FROM commission_holds h WHERE h.orderId = commission_entries.orderId)
           ORDER BY tailDueAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: async ({ id }) =>
        (await this.unitOfWork.run((tx) => this.settleTail.execute(tx, id, now))) ? 'done' : 'moved',
      signal,
    });
  }
}
