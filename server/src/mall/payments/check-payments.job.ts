import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CheckPayment } from './check-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

const BATCH = 20;
const BUDGET_MS = 10_000;

/** Finds payments whose notice was lost. */
@Injectable()
@ScheduledJob('check-payments')
export class CheckPayments implements Job {
  private readonly walk: DueWalk<PaymentEntity & Due>;

  constructor(
    private readonly database: Database,
    private readonly check: CheckPayment,
    private readonly clock: WallClock,
  ) {
    this.walk = new DueWalk('check-payments', clock, BUDGET_MS);
  }

  run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    return this.walk.run({
      next: (after) =>
        this.database.query<PaymentEntity & Due>(
          `SELECT p.*, p.nextCheckAt AS dueAt FROM payments p
           WHERE p.state = 'open' AND p.nextCheckAt <= ? AND ${afterSql('p.nextCheckAt', 'p.id')}
           ORDER BY p.nextCheckAt, p.id LIMIT ${BATCH}`,
          [now, ...afterOf(after)],
        ),
      act: async (payment) => {
        // Asking puts the next check off by itself, whatever the answer.
        await this.check.execute(payment, { ofJob: true });
        return 'moved';
      },
      signal,
    });
  }
}
