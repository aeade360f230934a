import { type CommissionRatePublishedPayload, EventType } from '@mall/shared/events';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { Messages } from '../../membership/messages/messages.public.js';
import { businessDay } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Guides } from '../guides/guides.public.js';
import { percentText } from './commission-rule.mapper.js';
import { RateScopes } from './rate-scopes.js';

/** R4.3, for those who asked for it: what is published in one day is one message. */
@Injectable()
@HandlesEvent(EventType.CommissionRatePublished, 'message-guides-when-rate-published')
export class MessageGuidesWhenRatePublished implements EventHandler<'commission.rate-published'> {
  constructor(
    private readonly guides: Guides,
    private readonly messages: Messages,
    private readonly scopes: RateScopes,
  ) {}

  async handle(tx: Tx, { payload, occurredAt }: OutboxEvent<'commission.rate-published'>): Promise<void> {
    if (this.messages.templateId(MessageKind.RateChanged) === null) return;
    const { kind, id } = payload.productScope;
    const goods =
      kind === 'any' ? '全部商品' : ((await this.scopes.describe(tx, { kind, id: id ?? '' }))?.name ?? '商品');
    const facts = { goods, rate: rateOf(payload), effectiveFrom: payload.effectiveFrom };
    for await (const ids of this.guides.idsInScope(tx, payload.sellerScope)) {
      const guides = await this.guides.many(tx, ids);
      const drafts = guides.map(({ id: guideId, memberId }) => ({
        memberId,
        subjectId: `${guideId} ${businessDay(occurredAt)}`,
        facts,
        at: occurredAt,
      }));
      await this.messages.draft(tx, MessageKind.RateChanged, drafts);
    }
  }
}

function rateOf({ series, isEnd, guideBps }: CommissionRatePublishedPayload): string {
  return series === 'stop' || isEnd ? '按其他规则计算' : `佣金 ${percentText(guideBps)}`;
}
