import type { Coaching } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { SoldGoods } from '../sales/sales.public.js';
import { ShareActivity } from '../share-links/share-links.public.js';

/**
 * R8: a guide who shares much and sells nothing is coached, before the platform throttles the whole app for it. Windows
 * are half-open (R1.4): what happened exactly that many days ago is out.
 */
@Injectable()
export class CoachingQueries {
  constructor(
    private readonly settings: Settings,
    private readonly activity: ShareActivity,
    private readonly attribution: AttributionQueries,
    private readonly sales: SoldGoods,
  ) {}

  /** Null: nothing to say. Only paid orders count: one that is placed and left would hide the want of sales. */
  async of(reader: Reader, guideId: string, now: number): Promise<Coaching | null> {
    const { values } = await this.settings.at(reader, 'distribution', now);
    const { coachIntents, coachDays: days } = values;
    const after = now - days * DAY_MS;
    const intents = await this.activity.intentsSince(reader, guideId, after, now);
    if (intents < coachIntents || (await this.hasSold(reader, guideId, after))) return null;
    const advice = `近 ${days} 天分享了 ${intents} 次，还没有成交。建议少而精：先了解顾客需要什么，再把合适的商品单独发给她。分享任务已暂停，您仍可手动分享。`;
    return { intents, days, advice };
  }

  /** Guides with so many share intents that they may need coaching, by id, after the id `above`. */
  async busyGuides(reader: Reader, now: number, above: string, limit: number): Promise<string[]> {
    const { values } = await this.settings.at(reader, 'distribution', now);
    const after = now - values.coachDays * DAY_MS;
    return this.activity.busiestSince(reader, { after, least: values.coachIntents, above, limit });
  }

  private async hasSold(reader: Reader, guideId: string, after: number): Promise<boolean> {
    for (const orderId of await this.attribution.wonOrdersAfter(reader, guideId, after)) {
      if ((await this.sales.order(reader, orderId)) !== null) return true;
    }
    return false;
  }
}
