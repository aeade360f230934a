import type { GuideAttribution, GuideOrder } from '@mall/shared/disputes';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { ulidOf } from '../../platform/ids/ids.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { CommissionQueries } from '../commission/commission.public.js';
import type { Guide } from '../guides/guides.public.js';
import { DisputeQueries } from './dispute.queries.js';
import { MayAppeal } from './may-appeal.js';

/** Orders in which a guide had a hand, and why they are whose (R3). */
@Injectable()
export class GuideOrderQueries {
  constructor(
    private readonly database: Database,
    private readonly attribution: AttributionQueries,
    private readonly commissions: CommissionQueries,
    private readonly disputes: DisputeQueries,
    private readonly mayAppeal: MayAppeal,
    private readonly clock: BusinessClock,
  ) {}

  /** Newest first. */
  async page(guideId: string, query: { cursor?: string; limit: number }): Promise<Page<GuideOrder>> {
    const { items, nextCursor } = await this.attribution.ordersOf(this.database, guideId, query);
    const orderIds = items.map(({ orderId }) => orderId);
    const earned = await this.commissions.ofGuideByOrder(this.database, guideId, orderIds);
    const states = await this.disputes.statesOf(this.database, guideId, orderIds);
    const shown = items.map((item) => ({
      ...item,
      orderNumber: ulidOf(item.orderId),
      commissionFen: earned.get(item.orderId) ?? null,
      disputeState: states.get(item.orderId) ?? null,
    }));
    return { items: shown, nextCursor };
  }

  /** Null unless she had a hand in it. */
  async attributionOf(guide: Guide, orderId: string): Promise<GuideAttribution | null> {
    const hand = await this.attribution.forGuide(this.database, orderId, guide.id);
    if (hand === null) return null;
    const refusal = await this.mayAppeal.refusal(this.database, guide, orderId, this.clock.now());
    return {
      ...hand,
      orderNumber: ulidOf(orderId),
      dispute: await this.disputes.ofGuide(this.database, orderId, guide.id),
      appeal: { allowed: refusal === null, refusal },
    };
  }
}
