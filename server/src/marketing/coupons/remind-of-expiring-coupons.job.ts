import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS, HOUR_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { Settings } from '../../platform/settings/settings.js';

/** Nobody is woken: Shanghai's time. */
const FROM_HOUR = 9;
const TO_HOUR = 21;
const BATCH = 100;

interface Expiring {
  id: string;
  memberId: string;
  name: string;
  expiresAt: number;
}

/** Reminds of coupons that end within a week, those only who asked for it, once a coupon (R6.4). */
@Injectable()
@ScheduledJob('remind-of-expiring-coupons')
export class RemindOfExpiringCoupons implements Job {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly messages: Messages,
    private readonly settings: Settings,
    private readonly clock: BusinessClock,
  ) {}

  async run(signal?: AbortSignal): Promise<number> {
    const templateId = this.messages.templateId(MessageKind.CouponExpiring);
    const at = this.clock.now();
    const hour = (at - startOfBusinessDay(at)) / HOUR_MS;
    if (templateId === null || hour < FROM_HOUR || hour >= TO_HOUR) return 0;
    const { couponReminderDays } = (await this.settings.at(this.database, 'messages', at)).values;
    const endsBefore = at + couponReminderDays * DAY_MS;
    let reminded = 0;
    for (let after = ''; !signal?.aborted; ) {
      const rows = await this.expiring(templateId, { at, endsBefore, after });
      for (const row of rows) reminded += (await this.remind(row, at)) ? 1 : 0;
      if (rows.length < BATCH) break;
      after = rows.at(-1)?.id ?? '';
    }
    return reminded;
  }

  /**
   * Of those who have allowed one, and were not told yet: grants are few, coupons many. One that is good for a few days
   * only is told of in its second half: on the day that she got it she knows.
   */
  private expiring(
    templateId: string,
    { at, endsBefore, after }: { at: number; endsBefore: number; after: string },
  ): Promise<Expiring[]> {
    return this.database.query<Expiring>(
      `SELECT c.id, c.memberId, c.expiresAt, t.name FROM message_grants g
         JOIN coupons c ON c.memberId = g.memberId JOIN coupon_templates t ON t.id = c.templateId
       WHERE g.templateId = ? AND g.available > 0 AND c.state = 'issued' AND c.startsAt + c.expiresAt <= ?
         AND c.expiresAt > ? AND c.expiresAt <= ? AND c.id > ?
         AND NOT EXISTS (SELECT 1 FROM subscribe_messages m WHERE m.kind = ? AND m.subjectId = c.id)
       ORDER BY c.id LIMIT ${BATCH}`,
      [templateId, 2 * at, at, endsBefore, after, MessageKind.CouponExpiring],
    );
  }

  private remind({ id, memberId, name, expiresAt }: Expiring, at: number): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      // Used or void since it was read: nothing to remind of.
      const row = await tx.first(`SELECT id FROM coupons WHERE id = ? AND state = 'issued'`, [id]);
      if (row === null) return false;
      const facts = { coupon: name, expiresAt: Number(expiresAt) };
      await this.messages.draft(tx, {
        kind: MessageKind.CouponExpiring,
        memberId,
        subjectId: id,
        facts,
        at,
        until: facts.expiresAt,
      });
      return true;
    });
  }
}
