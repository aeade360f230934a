import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { SubmitRefund } from './submit-refund.service.js';

const BATCH = 20;

/** Carries on with refunds that a crash, a time-out or a lost notice left behind. */
@Injectable()
@ScheduledJob('submit-refunds')
export class SubmitRefunds implements Job {
  constructor(
    private readonly database: Database,
    private readonly submit: SubmitRefund,
    private readonly clock: WallClock,
  ) {}

  async run(): Promise<number> {
    const open = await this.database.query<{ id: string }>(
      `SELECT id FROM refunds WHERE state IN ('created', 'processing') AND nextCheckAt <= ?
       ORDER BY nextCheckAt LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    for (const { id } of open) await this.submit.execute(id);
    return 0;
  }
}
