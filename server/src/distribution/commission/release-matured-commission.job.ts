import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CommissionEntries, standingOf } from './commission-entries.js';

const BATCH = 200;

/** R5.2: frozen money becomes available when its window is over. Two runs at once release each entry once (D9). */
@Injectable()
@ScheduledJob('release-matured-commission')
export class ReleaseMaturedCommission implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: CommissionEntries,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.walk = new DueWalk('release-matured-commission', wallClock);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, availableAt AS dueAt FROM commission_entries
           WHERE state = 'frozen' AND availableAt <= ? AND ${afterSql('availableAt')}
             AND NOT EXISTS (SELECT 1 FROM commission_holds h WHERE h.orderId = commission_entries.orderId)
           ORDER BY availableAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: async ({ id }) => ((await this.releaseOne(id, now)) ? 'done' : 'moved'),
      signal,
    });
  }

  private releaseOne(entryId: string, now: number): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const entry = await this.entries.release(tx, entryId, now);
      if (entry === null) return false;
      if (entry.payeeKind === 'guide') {
        await this.outbox.add(tx, EventType.CommissionReleased, entry.id, now, {
          guideId: entry.payeeId,
          entryId: entry.id,
          amountFen: standingOf(entry),
          at: now,
        });
      }
      return true;
    });
  }
}
