import { RepurchaseTrigger } from '@mall/shared/coupons';
import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { FirstPaidOrderEntity } from './first-paid-order.entity.js';
import { RunCampaignsService } from './run-campaigns.service.js';

/** R6.3: a member's first paid order earns a coupon. Which one was the first is kept for campaigns still to come. */
@Injectable()
@HandlesEvent(EventType.OrderPaid, 'issue-repurchase-coupon-when-first-order-paid')
export class IssueRepurchaseCouponWhenFirstOrderPaid implements EventHandler<typeof EventType.OrderPaid> {
  constructor(private readonly runCampaigns: RunCampaignsService) {}

  async handle(tx: Tx, event: OutboxEvent<typeof EventType.OrderPaid>): Promise<void> {
    const { memberId, orderId, guideId, paidAt } = event.payload;
    if (!(await this.isFirst(tx, memberId, orderId, paidAt))) return;
    const trigger = RepurchaseTrigger.FirstPaid;
    await this.runCampaigns.execute(tx, { trigger, memberId, orderId, guideId, at: paidAt, eventId: event.id });
  }

  private async isFirst(tx: Tx, memberId: string, orderId: string, paidAt: number): Promise<boolean> {
    if (await tx.insertOnce(FirstPaidOrderEntity, { memberId, orderId, paidAt })) return true;
    const first = await tx.first<FirstPaidOrderEntity>('SELECT * FROM first_paid_orders WHERE memberId = ?', [
      memberId,
    ]);
    return first?.orderId === orderId;
  }
}
