import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { UploadShipping } from './upload-shipping.service.js';

const BATCH = 20;
const BUDGET_MS = 10_000;

/** Tells WeChat of parcels and of goods that lie ready, again and again until it has understood. */
@Injectable()
@ScheduledJob('upload-shipping')
export class UploadShippingJob implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly upload: UploadShipping,
    private readonly clock: WallClock,
  ) {
    this.walk = new DueWalk('upload-shipping', clock, BUDGET_MS);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, nextTryAt AS dueAt FROM shipping_uploads
           WHERE state = 'waiting' AND nextTryAt <= ? AND ${afterSql('nextTryAt')} ORDER BY nextTryAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      // A try puts the next one off by itself, whatever the answer.
      act: async ({ id }) => ((await this.upload.execute(id)) ? 'done' : 'moved'),
      signal,
    });
  }
}
