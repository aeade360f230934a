import { GuideNoticeKind } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { businessDay, DAY_MS, HOUR_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Due, DueWalk } from '../../platform/jobs/due-walk.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { GuideNotices } from '../notices/notices.public.js';
import { CoachingQueries } from './coaching.queries.js';

const BATCH = 200;
/** Coaching is no emergency, and the count goes over a week of share intents. */
const EVERY_MS = HOUR_MS;
const WEEK_MS = 7 * DAY_MS;
/** 1970-01-05, the first Monday. */
const FIRST_MONDAY_MS = startOfBusinessDay(4 * DAY_MS);

/** `week:2026-11-16`: the business week, from its Monday on, that holds `at`. */
export function weekOf(at: number): string {
  return `week:${businessDay(at - ((((at - FIRST_MONDAY_MS) % WEEK_MS) + WEEK_MS) % WEEK_MS))}`;
}

/** R8: one notice a business week on the desk of a guide who shares much and sells nothing. */
@Injectable()
@ScheduledJob('coach-busy-guides')
export class CoachBusyGuides implements Job {
  private readonly walk: DueWalk<Due>;
  private nextAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly coaching: CoachingQueries,
    private readonly notices: GuideNotices,
    private readonly clock: BusinessClock,
    wallClock: WallClock,
  ) {
    this.walk = new DueWalk('coach-busy-guides', wallClock);
  }

  async run(signal?: AbortSignal): Promise<number> {
    const now = this.clock.now();
    if (now < this.nextAt) return 0;
    this.nextAt = now + EVERY_MS;
    return this.walk.run({
      next: async (after) => {
        const ids = await this.coaching.busyGuides(this.database, now, after.id, BATCH);
        return ids.map((id) => ({ id, dueAt: now }));
      },
      act: async ({ id }) => ((await this.coach(id, now)) ? 'done' : 'moved'),
      signal,
    });
  }

  private coach(guideId: string, now: number): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      const coaching = await this.coaching.of(tx, guideId, now);
      if (coaching === null) return false;
      await this.notices.put(tx, {
        guideId,
        kind: GuideNoticeKind.Coaching,
        subjectId: weekOf(now),
        title: '分享很多，成交为零：试试换个方式',
        body: coaching.advice,
        at: now,
      });
      return true;
    });
  }
}
