import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CancelUnpaidOrder } from './cancel-unpaid-order.service.js';

const BATCH = 50;

/** R7.1: an order that nobody paid in time gives its stock and coupons back. */
@Injectable()
@ScheduledJob('cancel-unpaid-orders')
export class CancelUnpaidOrders implements Job {
  constructor(
    private readonly database: Database,
    private readonly cancel: CancelUnpaidOrder,
    private readonly clock: BusinessClock,
  ) {}

  async run(): Promise<number> {
    const due = await this.database.query<{ id: string }>(
      `SELECT id FROM orders WHERE state = 'created' AND dueAt <= ? ORDER BY dueAt LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    let done = 0;
    for (const { id } of due) {
      if ((await this.tryOne(id)) === 'cancelled') done += 1;
    }
    return done;
  }

  private async tryOne(orderId: string): Promise<string> {
    try {
      return await this.cancel.execute(orderId, 'unpaid');
    } catch (error) {
      // Paid or cancelled between the list and the try: nothing is due any more.
      if (error instanceof ProblemError) return 'moved';
      throw error;
    }
  }
}
