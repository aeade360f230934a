import { EventType } from '@mall/shared/events';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Guides } from '../guides/guides.public.js';

/** Who asked for it hears that her money has come, once a transfer. */
@Injectable()
@HandlesEvent(EventType.PayoutArrived, 'message-guide-when-payout-arrived')
export class MessageGuideWhenPayoutArrived implements EventHandler<'payout.arrived'> {
  constructor(
    private readonly guides: Guides,
    private readonly messages: Messages,
  ) {}

  async handle(tx: Tx, { payload }: OutboxEvent<'payout.arrived'>): Promise<void> {
    const { guideId, transferId, amountFen, at } = payload;
    const guide = await this.guides.find(tx, guideId);
    if (guide === null) return;
    const { memberId } = guide;
    const draft = { memberId, subjectId: transferId, facts: { at }, amountFen, at };
    await this.messages.draft(tx, MessageKind.PayoutArrived, [draft]);
  }
}
