import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { Worker } from '../../platform/jobs/worker.js';
import { ClockOffsetEntity } from './clock-offset.entity.js';

const ROW = 'business';

/** Lets a demo's windows pass while somebody watches. Only the business clock moves (R1.4), and only forward. */
@Injectable()
@ScheduledJob('follow-demo-clock')
export class AdvanceClock implements OnApplicationBootstrap, Job {
  constructor(
    private readonly clock: BusinessClock,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly worker: Worker,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.run();
  }

  /** Follows a clock that another process of the demo has moved. */
  async run(): Promise<number> {
    if (!this.environment.demo) return 0;
    const row = await this.database.first<ClockOffsetEntity>('SELECT * FROM demo_clock WHERE id = ?', [ROW]);
    this.clock.setOffset(row?.offsetMs ?? 0);
    return 0;
  }

  /** Moves the clock on by `ms`, then does everything that has come due. Returns the new business time. */
  async execute(ms: number): Promise<number> {
    // What happened before the jump is settled before the jump: an event waiting in the outbox belongs to its own day.
    await this.worker.settle();
    const offsetMs = await this.unitOfWork.run(async (tx) => {
      await tx.insertOnce(ClockOffsetEntity, { id: ROW, offsetMs: this.clock.offset });
      await tx.execute('UPDATE demo_clock SET offsetMs = offsetMs + ? WHERE id = ?', [ms, ROW]);
      const row = await tx.first<ClockOffsetEntity>('SELECT * FROM demo_clock WHERE id = ?', [ROW]);
      return row?.offsetMs ?? 0;
    });
    this.clock.setOffset(offsetMs);
    await this.worker.settle();
    return this.clock.now();
  }
}
