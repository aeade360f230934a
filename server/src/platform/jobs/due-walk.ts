import { Logger } from '@nestjs/common';
import type { WallClock } from '../clock/wall-clock.js';

/** A row that is due. `dueAt` is on whatever clock the table uses; together with `id` it orders the walk. */
export interface Due {
  id: string;
  dueAt: number;
}

/** `done`; `moved`: nothing was due any more; `wait`: try again later; `stop`: as `wait`, and end this run. */
export type Step = 'done' | 'moved' | 'wait' | 'stop';

/** How a walk goes; `next` gives the rows after `after` by (dueAt, id), at most a batch of them. */
export interface DueWork<Row extends Due> {
  next(after: Due): Promise<readonly Row[]>;
  act(row: Row): Promise<Step>;
  /** Aborted at shutdown: the walk ends between two rows. */
  signal?: AbortSignal | undefined;
}

const START: Due = { id: '', dueAt: Number.MIN_SAFE_INTEGER };
const MOST_BATCHES = 10;
const FIRST_REST_MS = 15_000;
const LONGEST_REST_MS = 10 * 60_000;

/** The SQL behind a walk's order: `WHERE … AND ${AFTER} ORDER BY dueAt, id`, with the parameters of `afterOf`. */
export function afterSql(dueAt: string, id = 'id'): string {
  return `(${dueAt} > ? OR (${dueAt} = ? AND ${id} > ?))`;
}

export function afterOf({ dueAt, id }: Due): [number, number, string] {
  return [dueAt, dueAt, id];
}

/**
 * Goes through what is due, oldest first, and lets no row hold up the others: one that fails is logged, rests for 15 s
 * to 10 minutes (wall clock) and is passed over meanwhile. A run ends after ten batches or when its time is over; the
 * next one goes on from there, so that a heap of failing rows hides nothing that stands behind it.
 *
 * What rests is known to this process only: after a restart each row is tried once more, which does no harm.
 */
export class DueWalk<Row extends Due> {
  private readonly logger = new Logger(DueWalk.name);
  private readonly resting = new Map<string, { until: number; tries: number }>();
  private from = START;

  /** @param budgetMs for jobs that call outside: how long a run may take before it leaves the rest to the next one */
  constructor(
    private readonly job: string,
    private readonly clock: WallClock,
    private readonly budgetMs = Number.POSITIVE_INFINITY,
  ) {}

  /** Returns how many rows were done. */
  async run(work: DueWork<Row>): Promise<number> {
    this.forgetOld();
    const end = this.clock.now() + this.budgetMs;
    // Its own place: two runs at once (a tick, the demo's clock) must not leave rows to each other.
    let from = this.from;
    let fromStart = from === START;
    let done = 0;
    for (let batch = 0; batch < MOST_BATCHES; batch += 1) {
      const rows = await work.next(from);
      for (const row of rows) {
        if (work.signal?.aborted || this.clock.now() >= end) return this.leaveAt(from, done);
        from = { id: row.id, dueAt: row.dueAt };
        const step = await this.step(row, work);
        if (step === 'done') done += 1;
        if (step === 'stop') return this.leaveAt(from, done);
      }
      if (rows.length > 0) continue;
      from = START;
      if (fromStart) break;
      fromStart = true;
    }
    return this.leaveAt(from, done);
  }

  private leaveAt(from: Due, done: number): number {
    this.from = from;
    return done;
  }

  private async step(row: Row, work: DueWork<Row>): Promise<Step> {
    if ((this.resting.get(row.id)?.until ?? 0) > this.clock.now()) return 'wait';
    const step = await this.tried(row, work);
    if (step === 'done' || step === 'moved') this.resting.delete(row.id);
    else this.rest(row.id);
    return step;
  }

  private async tried(row: Row, work: DueWork<Row>): Promise<Step> {
    try {
      return await work.act(row);
    } catch (error) {
      this.logger.error({ message: 'a job failed at one row', job: this.job, id: row.id, error });
      return 'wait';
    }
  }

  private rest(id: string): void {
    const tries = (this.resting.get(id)?.tries ?? 0) + 1;
    const wait = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** Math.min(tries - 1, 10));
    this.resting.set(id, { until: this.clock.now() + wait, tries });
  }

  /** Rows that somebody else brought to an end never come by again. */
  private forgetOld(): void {
    const old = this.clock.now() - 6 * LONGEST_REST_MS;
    for (const [id, { until }] of this.resting) if (until < old) this.resting.delete(id);
  }
}
