import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CheckReceipt } from './check-receipt.service.js';
import type { ShippingUploadEntity } from './shipping-upload.entity.js';

const BATCH = 20;
const BUDGET_MS = 10_000;

/** Asks after an event of WeChat's, and once a day without one: an event may be lost. */
@Injectable()
@ScheduledJob('check-receipts')
export class CheckReceipts implements Job {
  private readonly walk: DueWalk<ShippingUploadEntity & Due>;

  constructor(
    private readonly database: Database,
    private readonly check: CheckReceipt,
    private readonly clock: WallClock,
  ) {
    this.walk = new DueWalk('check-receipts', clock, BUDGET_MS);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<ShippingUploadEntity & Due>(
          `SELECT u.*, u.receiptCheckAt AS dueAt FROM shipping_uploads u
           WHERE u.receiptCheckAt <= ? AND ${afterSql('u.receiptCheckAt', 'u.id')}
           ORDER BY u.receiptCheckAt, u.id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: async (upload) => ((await this.check.execute(upload)) === 'received' ? 'done' : 'moved'),
      signal,
    });
  }
}
