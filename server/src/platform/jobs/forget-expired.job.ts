import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../clock/business-day.js';
import { WallClock } from '../clock/wall-clock.js';
import { Database } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { type Job, ScheduledJob } from './job.js';

const BATCH = 500;
const PAUSE_MS = 6 * 3_600_000;
const KEEP_SESSIONS_MS = 30 * DAY_MS;
const KEEP_KEYS_MS = 30 * DAY_MS;
/** WeChat repeats a push for seconds; a month leaves room to look for one. */
const KEEP_PUSHES_MS = 30 * DAY_MS;
const KEEP_EVENTS_MS = 90 * DAY_MS;

/**
 * Deletes what nothing asks for any more: sessions, idempotency keys and marks of WeChat's pushes after 30 days, told events with their
 * handlers' marks after 90. An event that still waits is kept, however old, and so are its marks: without them a
 * handler would handle it twice. All on the wall clock.
 */
@Injectable()
@ScheduledJob('forget-expired')
export class ForgetExpired implements Job {
  private restsUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: WallClock,
  ) {}

  /** One batch of each kind a run, several times a day; a run that had full batches is followed by the next at once. */
  async run(): Promise<number> {
    const now = this.clock.now();
    if (now < this.restsUntil) return 0;
    // A session ends at the latest when it expires, a week after its opening.
    const counts = [
      await this.forgetRows('sessions', 'expiresAt', now - KEEP_SESSIONS_MS),
      await this.forgetRows('idempotency_keys', 'createdAt', now - KEEP_KEYS_MS),
      await this.forgetRows('wechat_pushes', 'receivedAt', now - KEEP_PUSHES_MS),
      await this.forgetEvents(now - KEEP_EVENTS_MS),
    ];
    if (counts.every((count) => count < BATCH)) this.restsUntil = now + PAUSE_MS;
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async forgetRows(table: string, column: string, before: number): Promise<number> {
    const old = await this.database.query<{ at: number }>(
      `SELECT ${column} AS at FROM ${table} WHERE ${column} < ? ORDER BY ${column} LIMIT ${BATCH}`,
      [before],
    );
    const last = old.at(-1);
    if (last === undefined) return 0;
    await this.unitOfWork.run((tx) => tx.execute(`DELETE FROM ${table} WHERE ${column} <= ?`, [last.at]));
    return old.length;
  }

  private async forgetEvents(before: number): Promise<number> {
    const old = await this.database.query<{ id: string }>(
      `SELECT id FROM outbox_events WHERE state = 'done' AND recordedAt < ? ORDER BY recordedAt LIMIT ${BATCH}`,
      [before],
    );
    if (old.length === 0) return 0;
    const ids = old.map(({ id }) => id);
    const places = ids.map(() => '?').join(', ');
    await this.unitOfWork.run(async (tx) => {
      await tx.execute(`DELETE FROM outbox_handled WHERE eventId IN (${places})`, ids);
      await tx.execute(`DELETE FROM outbox_events WHERE id IN (${places})`, ids);
    });
    return ids.length;
  }
}
