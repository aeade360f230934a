import { RepurchaseTrigger } from '@mall/shared/coupons';
import { EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { RunCampaignsService } from './run-campaigns.service.js';

/** R6.3: an order received earns a coupon for the next one. */
@Injectable()
@HandlesEvent(EventType.OrderReceived, 'issue-repurchase-coupon-when-order-received')
export class IssueRepurchaseCouponWhenOrderReceived implements EventHandler<typeof EventType.OrderReceived> {
  constructor(private readonly runCampaigns: RunCampaignsService) {}

  async handle(tx: Tx, event: OutboxEvent<typeof EventType.OrderReceived>): Promise<void> {
    const { memberId, orderId, guideId, at } = event.payload;
    const trigger = RepurchaseTrigger.Received;
    await this.runCampaigns.execute(tx, { trigger, memberId, orderId, guideId, at, eventId: event.id });
  }
}
