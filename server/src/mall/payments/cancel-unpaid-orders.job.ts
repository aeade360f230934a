import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { afterOf, afterSql, type Due, DueWalk, type Step } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CancelUnpaidOrder } from './cancel-unpaid-order.service.js';

const BATCH = 50;
const BUDGET_MS = 10_000;

/**
 * R7.1: an order that nobody paid in time gives its stock and coupons back. The first try comes at once, whenever the
 * payment was last asked about; an order that WeChat gives no answer for rests and lets the others pass.
 */
@Injectable()
@ScheduledJob('cancel-unpaid-orders')
export class CancelUnpaidOrders implements Job {
  private readonly walk: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly cancel: CancelUnpaidOrder,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.walk = new DueWalk('cancel-unpaid-orders', wallClock, BUDGET_MS);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<Due>(
          `SELECT id, dueAt FROM orders WHERE state = 'created' AND dueAt <= ? AND ${afterSql('dueAt')}
           ORDER BY dueAt, id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: ({ id }) => this.tryOne(id),
      signal,
    });
  }

  private async tryOne(orderId: string): Promise<Step> {
    try {
      const outcome = await this.cancel.execute(orderId, 'unpaid');
      if (outcome === 'cancelled') return 'done';
      // WeChat is silent, and asking about the next one would only wait for another time-out.
      return outcome === 'unknown' ? 'stop' : 'moved';
    } catch (error) {
      // Paid or cancelled between the list and the try: nothing is due any more.
      if (error instanceof ProblemError) return 'moved';
      throw error;
    }
  }
}
