import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { MoveOrder } from '../orders/orders.public.js';

const BATCH = 100;

/** Receipt by time after dispatch, and completion when the after-sale window is over (R5.2, R7.1). */
@Injectable()
@ScheduledJob('move-orders-in-time')
export class MoveOrdersInTime implements Job {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly moveOrder: MoveOrder,
    private readonly clock: BusinessClock,
  ) {}

  async run(): Promise<number> {
    // The due time, not the time of the run, is when it happened: a worker that was down moves no window.
    const received = await this.each('shipped', (tx, id, dueAt) => this.moveOrder.receive(tx, id, dueAt));
    const completed = await this.each('received', (tx, id, dueAt) => this.moveOrder.complete(tx, id, dueAt));
    return received + completed;
  }

  private async each(state: string, act: (tx: Tx, id: string, dueAt: number) => Promise<void>): Promise<number> {
    const due = await this.database.query<{ id: string; dueAt: number }>(
      `SELECT id, dueAt FROM orders WHERE state = ? AND dueAt <= ? ORDER BY dueAt LIMIT ${BATCH}`,
      [state, this.clock.now()],
    );
    let done = 0;
    for (const { id, dueAt } of due) {
      try {
        await this.unitOfWork.run((tx) => act(tx, id, dueAt));
        done += 1;
      } catch (error) {
        // Somebody moved it between the list and the try.
        if (!(error instanceof ProblemError)) throw error;
      }
    }
    return done;
  }
}
