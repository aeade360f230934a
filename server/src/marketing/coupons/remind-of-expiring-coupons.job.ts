import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable, Logger } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { DAY_MS, HOUR_MS, MINUTE_MS, startOfBusinessDay } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type Job, ScheduledJob } from '../../platform/jobs/job.js';
import { Settings } from '../../platform/settings/settings.js';

/** Nobody is woken: Shanghai's time. */
const FROM_HOUR = 9;
const TO_HOUR = 21;
const BATCH = 200;
/** Jobs run every second, and days are left: nobody needs all accepts read that often. */
const EVERY_MS = 15 * MINUTE_MS;

interface Expiring {
  id: string;
  memberId: string;
  name: string;
  expiresAt: number;
}

/**
 * Reminds of coupons that end within a week, those only who asked for it, once a coupon (R6.4). Who has several hears of
 * the one that ends first, and of another a day later: drafts beyond her accepts or the cap would be dropped for good.
 */
@Injectable()
@ScheduledJob('remind-of-expiring-coupons')
export class RemindOfExpiringCoupons implements Job {
  private readonly logger = new Logger(RemindOfExpiringCoupons.name);
  private nextAt = Number.NEGATIVE_INFINITY;

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
    if (templateId === null || at < this.nextAt || hour < FROM_HOUR || hour >= TO_HOUR) return 0;
    this.nextAt = at + EVERY_MS;
    const { couponReminderDays } = (await this.settings.at(this.database, 'messages', at)).values;
    const endsBefore = at + couponReminderDays * DAY_MS;
    let reminded = 0;
    for (let after = ''; !signal?.aborted; ) {
      const holders = await this.holders(templateId, after);
      const memberIds = [...new Set(holders.map(({ memberId }) => memberId))];
      reminded += await this.remindEach(await this.firstToEnd(memberIds, at, endsBefore), at);
      if (holders.length < BATCH) break;
      after = holders.at(-1)?.id ?? '';
    }
    return reminded;
  }

  /** Who has allowed one: accepts are few, coupons many. By the key, so that each is read once. */
  private holders(templateId: string, after: string): Promise<{ id: string; memberId: string }[]> {
    return this.database.query(
      `SELECT id, memberId FROM message_grants WHERE templateId = ? AND available > 0 AND id > ?
       ORDER BY id LIMIT ${BATCH}`,
      [templateId, after],
    );
  }

  /**
   * For each member the coupon that ends first of those she was not told of; none for who was told of one within a day.
   * One that is good for a few days only is told of in its second half: on the day that she got it she knows.
   */
  private async firstToEnd(memberIds: readonly string[], at: number, endsBefore: number): Promise<Expiring[]> {
    if (memberIds.length === 0) return [];
    const kind = MessageKind.CouponExpiring;
    const rows = await this.database.query<Expiring>(
      `SELECT c.id, c.memberId, c.expiresAt, t.name FROM coupons c JOIN coupon_templates t ON t.id = c.templateId
       WHERE c.memberId IN (${memberIds.map(() => '?').join(', ')}) AND c.state = 'issued'
         AND c.startsAt + c.expiresAt <= ? AND c.expiresAt > ? AND c.expiresAt <= ?
         AND NOT EXISTS (SELECT 1 FROM subscribe_messages m WHERE m.kind = ? AND m.subjectId = c.id)
         AND NOT EXISTS (SELECT 1 FROM subscribe_messages m
           WHERE m.memberId = c.memberId AND m.kind = ? AND m.createdAt > ?)
       ORDER BY c.expiresAt DESC, c.id DESC`,
      [...memberIds, 2 * at, at, endsBefore, kind, kind, at - DAY_MS],
    );
    // The last one stays, which ends first.
    return [...new Map(rows.map((row) => [row.memberId, row])).values()];
  }

  private async remindEach(coupons: readonly Expiring[], at: number): Promise<number> {
    let reminded = 0;
    for (const coupon of coupons) {
      try {
        reminded += (await this.remind(coupon, at)) ? 1 : 0;
      } catch (error) {
        // One that fails is tried again in the next round, and hides nobody behind it.
        this.logger.error({ message: 'a reminder could not be drafted', coupon: coupon.id, error });
      }
    }
    return reminded;
  }

  private remind({ id, memberId, name, expiresAt }: Expiring, at: number): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      // Used or void since it was read: nothing to remind of.
      const row = await tx.first(`SELECT id FROM coupons WHERE id = ? AND state = 'issued'`, [id]);
      if (row === null) return false;
      const facts = { coupon: name, expiresAt: Number(expiresAt) };
      const draft = { memberId, subjectId: id, facts, at, until: facts.expiresAt };
      await this.messages.draft(tx, MessageKind.CouponExpiring, [draft]);
      return true;
    });
  }
}
