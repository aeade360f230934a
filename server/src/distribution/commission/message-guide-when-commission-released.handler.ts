import { EventType } from '@mall/shared/events';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import { businessDay } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Guides } from '../guides/guides.public.js';

/** What matures together is one message: one a day for each guide, with the sum. */
@Injectable()
@HandlesEvent(EventType.CommissionReleased, 'message-guide-when-commission-released')
export class MessageGuideWhenCommissionReleased implements EventHandler<'commission.released'> {
  constructor(
    private readonly guides: Guides,
    private readonly messages: Messages,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'commission.released'>): Promise<void> {
    const { guideId, amountFen, at } = payload;
    const guide = await this.guides.find(tx, guideId);
    if (guide === null) return;
    const { memberId } = guide;
    const draft = { memberId, subjectId: `${guideId} ${businessDay(at)}`, facts: { at }, amountFen, at };
    await this.messages.draft(tx, MessageKind.CommissionAvailable, [draft]);
  }
}
