import type { ReconciliationReport } from '@mall/shared/reconciliation';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { ReadSnapshots } from '../../platform/database/read-snapshot.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { type Reconciliation, reconcile } from './reconcile.js';
import { toReport } from './reconciliation.mapper.js';
import { ReconciliationRunEntity } from './reconciliation-run.entity.js';

/** Differences of one check that are stored with their rows; `npm run reconcile` prints all. */
const KEPT = 20;
/** A run takes seconds to minutes: one that began so long ago ended with its process. */
const ABANDONED_MS = 60 * MINUTE_MS;

/** R5.7: compares, stores what came of it, and raises the alarm over a single fen. */
@Injectable()
export class RunReconciliation {
  private readonly logger = new Logger(RunReconciliation.name);

  constructor(
    private readonly snapshots: ReadSnapshots,
    private readonly unitOfWork: UnitOfWork,
    private readonly business: BusinessClock,
    private readonly wall: WallClock,
  ) {}

  /** On demand. */
  async execute(): Promise<ReconciliationReport> {
    const run = this.draft(null);
    await this.unitOfWork.run((tx) => tx.insert(ReconciliationRunEntity, run));
    return this.finish(run);
  }

  /**
   * The run of a business day (`2026-11-22`), by one worker only. Null when another has it or had it.
   * @param signal aborted at shutdown: the day is then free for the next process
   */
  async executeDaily(businessDay: string, signal?: AbortSignal): Promise<ReconciliationReport | null> {
    const run = await this.claim(businessDay);
    if (run === null) return null;
    try {
      return await this.finish(run, signal);
    } catch (error) {
      if (signal?.aborted) await this.letGo(run);
      throw error;
    }
  }

  /** The unique key on the day decides; a run whose process ended is taken over by whoever moves its start. */
  private claim(businessDay: string): Promise<ReconciliationRunEntity | null> {
    const draft = this.draft(businessDay);
    return this.unitOfWork.run(async (tx) => {
      if (await tx.insertOnce(ReconciliationRunEntity, draft)) return draft;
      const taken = await tx.execute(
        `UPDATE reconciliation_runs SET startedAt = ? WHERE businessDay = ? AND finishedAt IS NULL AND startedAt < ?`,
        [draft.startedAt, businessDay, draft.startedAt - ABANDONED_MS],
      );
      if (taken === 0) return null;
      return tx.first<ReconciliationRunEntity>('SELECT * FROM reconciliation_runs WHERE businessDay = ?', [
        businessDay,
      ]);
    });
  }

  private letGo(run: ReconciliationRunEntity): Promise<number> {
    return this.unitOfWork.run((tx) =>
      tx.execute('DELETE FROM reconciliation_runs WHERE id = ? AND finishedAt IS NULL', [run.id]),
    );
  }

  private async finish(run: ReconciliationRunEntity, signal?: AbortSignal): Promise<ReconciliationReport> {
    const now = this.business.now();
    const result = await this.snapshots.run((reader) => reconcile(reader, { now, keep: KEPT, signal }));
    const { compared, differences, ...report } = result;
    const done = { ...run, finishedAt: this.wall.now(), compared, differences, reportJson: JSON.stringify(report) };
    await this.unitOfWork.run((tx) =>
      tx.execute(
        'UPDATE reconciliation_runs SET finishedAt = ?, compared = ?, differences = ?, reportJson = ? WHERE id = ?',
        [done.finishedAt, compared, differences, done.reportJson, run.id],
      ),
    );
    if (differences > 0) this.alarm(run.id, result);
    return toReport(done);
  }

  /** Both rows of each, as far as a log line should hold them. */
  private alarm(runId: string, { compared, differences, checks, rows }: Reconciliation): void {
    const failed = checks.filter((check) => check.differences > 0);
    this.logger.error({
      message: 'reconciliation found differences',
      runId,
      compared,
      differences,
      checks: Object.fromEntries(failed.map(({ name, differences: count }) => [name, count])),
      first: rows.slice(0, 10),
    });
  }

  private draft(businessDay: string | null): ReconciliationRunEntity {
    return {
      id: newId('rec'),
      cause: businessDay === null ? 'asked' : 'daily',
      businessDay,
      startedAt: this.wall.now(),
      finishedAt: null,
      compared: 0,
      differences: 0,
      reportJson: '{}',
    };
  }
}
