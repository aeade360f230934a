import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { businessDay, DAY_MS, HOUR_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { FetchTradeBill } from './fetch-trade-bill.service.js';
import type { TradeBillEntity } from './trade-bill.entity.js';

/** §5: a bill is ready after ten of the next day. */
const FROM_HOUR = 10;
/** So many days back a bill that was never fetched is made up for: a server that stood still for a week. */
const DAYS_BACK = 7;
/** Looked for this often at most: the worker comes by every second. */
const PAUSE_MS = 60_000;

/** §5: once a day the bill of each past day that is not stored yet. */
@Injectable()
@ScheduledJob('fetch-trade-bills')
export class FetchTradeBills implements Job {
  private nextLookAt = 0;

  constructor(
    private readonly database: Database,
    private readonly fetch: FetchTradeBill,
    private readonly business: BusinessClock,
    private readonly wall: WallClock,
  ) {}

  async run(signal?: AbortSignal): Promise<number> {
    const wall = this.wall.now();
    if (wall < this.nextLookAt) return 0;
    this.nextLookAt = wall + PAUSE_MS;
    let stored = 0;
    for (const day of await this.dueDays(this.business.now(), wall)) {
      if (signal?.aborted) break;
      if (await this.fetch.execute(day)) stored += 1;
    }
    return stored;
  }

  /** Days before the first payment have no bill worth asking for. */
  private async dueDays(now: number, wall: number): Promise<string[]> {
    const first = await this.database.first<{ at: number }>('SELECT createdAt AS at FROM payments ORDER BY id LIMIT 1');
    if (first === null) return [];
    const ready = startOfBusinessDay(now - FROM_HOUR * HOUR_MS);
    const from = Math.max(ready - DAYS_BACK * DAY_MS, startOfBusinessDay(first.at));
    const days: string[] = [];
    for (let start = from; start < ready; start += DAY_MS) days.push(businessDay(start));
    if (days.length === 0) return [];
    const known = await this.database.query<TradeBillEntity>(
      `SELECT * FROM trade_bills WHERE billDate >= ? AND (state = 'stored' OR nextTryAt > ?)`,
      [days[0] ?? '', wall],
    );
    const done = new Set(known.map(({ billDate }) => billDate));
    return days.filter((day) => !done.has(day));
  }
}
