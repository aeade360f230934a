import { CouponKind } from '@mall/shared/coupons';
import type { MessageKind } from '@mall/shared/subscriptions';
import { Logger } from '@nestjs/common';
import { ENGINES, openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import type { MessageDraft, Messages } from '../../membership/messages/messages.public.js';
import type { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import type { SqlValue, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { Settings } from '../../platform/settings/settings.js';
import { CreateTemplateService } from './create-template.service.js';
import { IssueCouponService } from './issue-coupon.service.js';
import { RemindOfExpiringCoupons } from './remind-of-expiring-coupons.job.js';

/** Noon in Shanghai. */
const NOON = Date.UTC(2026, 10, 28, 4);

describe.each(ENGINES)('reminders of coupons that end (R6.4) [%s]', (engine) => {
  let test: TestDatabase;
  let at = NOON;
  let drafts: MessageDraft<'coupon-expiring'>[] = [];
  let refuses: string | null = null;
  beforeAll(async () => {
    Logger.overrideLogger(false);
    test = await openTestDatabase(engine);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    at = NOON;
    drafts = [];
    refuses = null;
    await test.unitOfWork.run(async (tx) => {
      for (const table of ['coupons', 'message_grants', 'subscribe_messages']) await tx.execute(`DELETE FROM ${table}`);
    });
  });

  /** Stores what is drafted, as the room of messages does. */
  const messages = {
    templateId: () => 'tpl-coupon',
    draft: async (tx: Tx, kind: MessageKind, [draft]: [MessageDraft<'coupon-expiring'>]) => {
      if (draft.subjectId === refuses) throw new Error('the database is away for a moment');
      drafts.push(draft);
      await tx.execute(
        `INSERT INTO subscribe_messages (id, memberId, kind, subjectId, factsJson, amountFen, facts, query, state, tries,
           nextTryAt, createdAt, sendBefore) VALUES (?, ?, ?, ?, '{}', 0, 1, '', 'waiting', 0, 0, ?, ?)`,
        [newId('msg'), draft.memberId, kind, draft.subjectId, draft.at, draft.at + DAY_MS],
      );
    },
  } as unknown as Messages;
  const clock = { now: () => at } as BusinessClock;
  const job = (database = test.database) =>
    new RemindOfExpiringCoupons(database, test.unitOfWork, messages, new Settings(), clock);

  const allow = (memberId: string, available = 1) =>
    test.unitOfWork.run((tx) =>
      tx.execute('INSERT INTO message_grants (id, memberId, openid, templateId, available) VALUES (?, ?, ?, ?, ?)', [
        newId('mgr'),
        memberId,
        `o-${memberId}`,
        'tpl-coupon',
        available,
      ]),
    );
  /** Issued 30 days before it ends. */
  const coupon = (memberId: string, endsAt: number): Promise<string> =>
    test.unitOfWork.run(async (tx) => {
      const draft = { name: '复购券', kind: CouponKind.AmountOff, thresholdFen: 15_000, discountFen: 3_000 };
      const issuedAt = endsAt - 30 * DAY_MS;
      const templateId = await new CreateTemplateService().execute(tx, { ...draft, validity: { days: 30 } }, issuedAt);
      const source = { kind: 'campaign', campaignId: 'cam_1', orderId: newId('ord'), guideId: null } as const;
      const issued = await new IssueCouponService().execute(tx, { templateId, memberId, source, at: issuedAt });
      if (issued.outcome !== 'issued') throw new Error(`not issued: ${JSON.stringify(issued)}`);
      return issued.couponId;
    });
  const told = () => drafts.map(({ subjectId }) => subjectId);

  it('who has several hears of the one that ends first, and a day later of the next', async () => {
    await allow('mem_1', 2);
    await allow('mem_2', 0);
    await coupon('mem_2', NOON + 2 * DAY_MS);
    const [last, first] = [await coupon('mem_1', NOON + 6 * DAY_MS), await coupon('mem_1', NOON + 3 * DAY_MS)];
    await coupon('mem_1', NOON + 8 * DAY_MS);
    const reminders = job();
    expect(await reminders.run()).toBe(1);
    expect(told()).toEqual([first]);
    at += HOUR_MS;
    expect(await reminders.run()).toBe(0);
    at = NOON + DAY_MS;
    await reminders.run();
    expect(told()).toEqual([first, last]);
  });

  it('the accepts are read every quarter of an hour, not with each second of the jobs', async () => {
    await allow('mem_1');
    let reads = 0;
    class Counting extends Database {
      override query<Row>(sql: string, parameters: readonly SqlValue[] = []): Promise<Row[]> {
        if (sql.includes('message_grants')) reads += 1;
        return test.database.query<Row>(sql, parameters);
      }
    }
    const reminders = job(new Counting(test.write));
    for (let second = 0; second < 30; second += 1) {
      await reminders.run();
      at += 1000;
    }
    expect(reads).toBe(1);
    at = NOON + 15 * MINUTE_MS;
    await reminders.run();
    expect(reads).toBe(2);
  });

  it('one that cannot be drafted hides nobody behind it, and comes again', async () => {
    const coupons: string[] = [];
    for (const memberId of ['mem_1', 'mem_2']) {
      await allow(memberId);
      coupons.push(await coupon(memberId, NOON + 3 * DAY_MS));
    }
    refuses = coupons[0] ?? null;
    const reminders = job();
    expect(await reminders.run()).toBe(1);
    refuses = null;
    at += 15 * MINUTE_MS;
    expect(await reminders.run()).toBe(1);
    expect(told().sort()).toEqual([...coupons].sort());
  });
});
