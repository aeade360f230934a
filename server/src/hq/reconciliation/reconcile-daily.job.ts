import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { businessDay, HOUR_MS, MINUTE_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { RunReconciliation } from './run-reconciliation.service.js';

/** When hardly anybody orders: a run reads every order. */
const FROM_HOUR = 3;
/** How long a day that somebody has is left alone. Asked again, since the process that has it may have ended. */
const PAUSE_MS = 10 * MINUTE_MS;

/** R5.7: once a business day, by whichever worker comes first. */
@Injectable()
@ScheduledJob('reconcile-daily')
export class ReconcileDaily implements Job {
  private asked = { day: '', until: 0 };

  constructor(
    private readonly clock: BusinessClock,
    private readonly wall: WallClock,
    private readonly runReconciliation: RunReconciliation,
  ) {}

  async run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    const day = businessDay(now);
    if (now < startOfBusinessDay(now) + FROM_HOUR * HOUR_MS) return 0;
    if (day === this.asked.day && this.wall.now() < this.asked.until) return 0;
    this.asked = { day, until: this.wall.now() + PAUSE_MS };
    return (await this.runReconciliation.executeDaily(day, signal)) === null ? 0 : 1;
  }
}
