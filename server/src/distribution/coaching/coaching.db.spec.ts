import { type Coaching, GuideNoticeKind } from '@mall/shared/guides';
import { fen } from '@mall/shared/money';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { newId } from '../../platform/ids/ids.js';
import { SoldGoods } from '../sales/sales.public.js';
import { ShareActivity } from '../share-links/share-links.public.js';
import { CoachBusyGuides, weekOf } from './coach-busy-guides.job.js';
import { CoachingQueries } from './coaching.queries.js';

const NOW = Date.UTC(2027, 0, 6, 4);

describe('business weeks', () => {
  it('begin on Monday 00:00 in Shanghai', () => {
    const monday = Date.UTC(2026, 10, 15, 16);
    expect(weekOf(monday)).toBe('week:2026-11-16');
    expect(weekOf(monday - 1)).toBe('week:2026-11-09');
    expect(weekOf(monday + 7 * DAY_MS - 1)).toBe('week:2026-11-16');
  });
});

describe.each(ENGINES)('coaching (R8) [%s]', (engine) => {
  let app: PeopleApp;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
  }, OPENING_MS);
  afterAll(() => app.close());

  const share = (guideId: string, times: number, at: number) =>
    app.unitOfWork.run(async (tx) => {
      const activity = app.nest.get(ShareActivity, { strict: false });
      for (let n = 0; n < times; n += 1) {
        await activity.record(tx, { guideId, linkId: 'shl_1', placement: 'card', at });
      }
    });
  const sell = (guideId: string, outcome: 'won' | 'lost', at: number, isPaid: boolean) =>
    app.unitOfWork.run(async (tx) => {
      const orderId = newId('ord');
      await tx.execute(
        `INSERT INTO attribution_candidates (orderId, guideId, outcome, reason, isAssist, tier, storeId, decidedAt)
         VALUES (?, ?, ?, NULL, 0, '标准', 'str_1', ?)`,
        [orderId, guideId, outcome, at],
      );
      if (!isPaid) return;
      await app.nest.get(SoldGoods, { strict: false }).record(tx, {
        orderId,
        orderNumber: orderId.slice(4),
        memberId: 'mem_1',
        guideId,
        storeId: null,
        attribution: { branch: 'c', bindingId: null, touchId: null },
        totalFen: fen(100),
        freightFen: fen(0),
        createdAt: at,
        paidAt: at,
        lines: [],
      });
    });
  const coaching = (guideId: string): Promise<Coaching | null> =>
    app.nest.get(CoachingQueries, { strict: false }).of(app.database, guideId, NOW);

  it('has nothing to say at 59 intents, and speaks at 60 without an order in 7 days', async () => {
    await share('gde_busy', 59, NOW - DAY_MS);
    expect(await coaching('gde_busy')).toBeNull();
    await share('gde_busy', 1, NOW);
    expect(await coaching('gde_busy')).toMatchObject({ intents: 60, days: 7 });
    expect((await coaching('gde_busy'))?.advice).toContain('60 次');
  });

  it('forgets an intent exactly seven days after it, and looks at no guide but her (R1.4)', async () => {
    await share('gde_edge', 60, NOW - 7 * DAY_MS);
    expect(await coaching('gde_edge')).toBeNull();
    await share('gde_edge2', 60, NOW - 7 * DAY_MS + 1);
    expect(await coaching('gde_edge2')).not.toBeNull();
  });

  it('is silent after one paid order of hers; lost, unpaid and older orders are no sale', async () => {
    await share('gde_sells', 70, NOW - DAY_MS);
    await sell('gde_sells', 'lost', NOW - DAY_MS, true);
    await sell('gde_sells', 'won', NOW - DAY_MS, false);
    await sell('gde_sells', 'won', NOW - 7 * DAY_MS, true);
    expect(await coaching('gde_sells')).toMatchObject({ intents: 70 });
    await sell('gde_sells', 'won', NOW - 6 * DAY_MS, true);
    expect(await coaching('gde_sells')).toBeNull();
  });

  it('puts one notice a guide and week, on the desks of those only whom it coaches', async () => {
    const job = app.nest.get(CoachBusyGuides, { strict: false });
    const at = (time: number) => app.clock.setOffset(time - (app.clock.now() - app.clock.offset));
    at(NOW);
    await job.run();
    const notices = (guideId: string) =>
      app.count('guide_notices', 'guideId = ? AND noticeKind = ?', [guideId, GuideNoticeKind.Coaching]);
    expect([await notices('gde_busy'), await notices('gde_sells'), await notices('gde_edge')]).toEqual([1, 0, 0]);
    at(NOW + DAY_MS);
    await share('gde_late', 60, NOW + DAY_MS);
    await job.run();
    expect([await notices('gde_busy'), await notices('gde_late')]).toEqual([1, 1]);
    at(NOW + 7 * DAY_MS);
    await share('gde_late', 60, NOW + 7 * DAY_MS);
    await job.run();
    expect(await notices('gde_late')).toBe(2);
  });
});
