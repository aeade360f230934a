import { EventType } from '@mall/shared/events';
import type { Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { afterOf, afterSql, type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CommissionEntries, IS_FREE } from './commission-entries.js';

const BATCH = 200;
/** `state = 'available'`, said so that SQLite looks for the few vested tails and not for all that ever was available. */
const VESTED = `tailState = 'vested' AND state NOT IN ('pending', 'frozen', 'void')`;

/**
 * R5.2: frozen money becomes available when its window is over, and a tail that is earned follows (R4.6). Two runs at
 * once release each entry once (D9).
 */
@Injectable()
@ScheduledJob('release-matured-commission')
export class ReleaseMaturedCommission implements Job {
  private readonly heads: DueWalk<Due>;
  private readonly tails: DueWalk<Due>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly entries: CommissionEntries,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.heads = new DueWalk('release-matured-commission', wallClock);
    this.tails = new DueWalk('release-matured-commission', wallClock);
  }

  async run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    const heads = await this.heads.run({
      next: (after) => this.due(`state = 'frozen'`, now, after),
      act: async ({ id }) => ((await this.release(id, now, this.entries.release)) ? 'done' : 'moved'),
      signal,
    });
    const tails = await this.tails.run({
      next: (after) => this.due(VESTED, now, after),
      act: async ({ id }) => ((await this.release(id, now, this.entries.releaseTail)) ? 'done' : 'moved'),
      signal,
    });
    return heads + tails;
  }

  private due(where: string, now: number, after: Due): Promise<Due[]> {
    return this.database.query<Due>(
      `SELECT id, availableAt AS dueAt FROM commission_entries
       WHERE ${where} AND availableAt <= ? AND ${afterSql('availableAt')} AND ${IS_FREE}
       ORDER BY availableAt, id LIMIT ${BATCH}`,
      [now, ...afterOf(after)],
    );
  }

  private release(
    entryId: string,
    now: number,
    move: (tx: Tx, entryId: string, at: number) => Promise<Fen | null>,
  ): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const amountFen = await move.call(this.entries, tx, entryId, now);
      if (amountFen === null) return false;
      const entry = await this.entries.find(tx, entryId);
      if (entry?.payeeKind === 'guide' && amountFen > 0) {
        const { payeeId: guideId } = entry;
        await this.outbox.add(tx, EventType.CommissionReleased, entryId, now, { guideId, entryId, amountFen, at: now });
      }
      return true;
    });
  }
}
