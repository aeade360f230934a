import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { CheckPayment } from './check-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

/** A notice usually comes within seconds; after this the query takes over. */
export const FIRST_CHECK_MS = 60_000;
const BATCH = 20;

/** Finds payments whose notice was lost. */
@Injectable()
@ScheduledJob('check-payments')
export class CheckPayments implements Job {
  constructor(
    private readonly database: Database,
    private readonly check: CheckPayment,
    private readonly clock: WallClock,
  ) {}

  async run(): Promise<number> {
    const open = await this.database.query<PaymentEntity>(
      `SELECT * FROM payments WHERE state = 'open' AND nextCheckAt <= ? ORDER BY nextCheckAt LIMIT ${BATCH}`,
      [this.clock.now()],
    );
    for (const payment of open) await this.check.execute(payment);
    return 0;
  }
}
