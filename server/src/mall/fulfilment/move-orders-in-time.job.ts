import { OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { afterOf, afterSql, type Due, DueWalk, type Step } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { MoveOrder } from '../orders/orders.public.js';

const BATCH = 100;

/** Receipt by time after dispatch or after the goods lay ready in the store, and completion when the after-sale window is over (R5.2, R7.1). */
@Injectable()
@ScheduledJob('move-orders-in-time')
export class MoveOrdersInTime implements Job {
  private readonly receiving: DueWalk<Due>;
  private readonly completing: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly moveOrder: MoveOrder,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.receiving = new DueWalk('move-orders-in-time', wallClock);
    this.completing = new DueWalk('move-orders-in-time', wallClock);
  }

  async run(signal?: AbortSignal): Promise<number> {
    // The due time, not the time of the run, is when it happened: a worker that was down moves no window.
    const received = await this.receiving.run({
      next: (after) => this.dueIn([OrderState.Shipped, OrderState.ReadyForPickup], after),
      act: ({ id, dueAt }) => this.tryOne((tx) => this.moveOrder.receive(tx, id, dueAt)),
      signal,
    });
    const completed = await this.completing.run({
      next: (after) => this.dueIn([OrderState.Received], after),
      act: ({ id, dueAt }) => this.tryOne((tx) => this.moveOrder.complete(tx, id, dueAt)),
      signal,
    });
    return received + completed;
  }

  private dueIn(states: readonly OrderState[], after: Due): Promise<Due[]> {
    return this.database.query<Due>(
      `SELECT id, dueAt FROM orders WHERE state IN (${states.map(() => '?').join(', ')}) AND dueAt <= ? AND ${afterSql('dueAt')}
       ORDER BY dueAt, id LIMIT ${BATCH}`,
      [...states, this.clock.now(), ...afterOf(after)],
    );
  }

  private async tryOne(act: (tx: Tx) => Promise<void>): Promise<Step> {
    try {
      await this.unitOfWork.run(act);
      return 'done';
    } catch (error) {
      // Somebody moved it between the list and the try.
      if (error instanceof ProblemError) return 'moved';
      throw error;
    }
  }
}
