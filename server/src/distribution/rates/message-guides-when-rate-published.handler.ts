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

const PAGE = 500;

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
    const scope = { kind: payload.sellerScope.kind, id: payload.sellerScope.id ?? '' };
    for (let after = ''; ; ) {
      const ids = await this.guides.idsInScope(tx, scope, { after, limit: PAGE });
      await this.tell(tx, ids, facts, occurredAt);
      if (ids.length < PAGE) return;
      after = ids.at(-1) ?? '';
    }
  }

  private async tell(
    tx: Tx,
    guideIds: readonly string[],
    facts: { goods: string; rate: string; effectiveFrom: number },
    at: number,
  ): Promise<void> {
    const guides = await this.guides.many(tx, guideIds);
    const kind = MessageKind.RateChanged;
    const memberIds = guides.map(({ memberId }) => memberId);
    const wanting = await this.messages.whoWants(tx, kind, memberIds);
    for (const { id, memberId } of guides) {
      if (!wanting.has(memberId)) continue;
      await this.messages.draft(tx, { kind, memberId, subjectId: `${id} ${businessDay(at)}`, facts, at });
    }
  }
}

function rateOf({ series, isEnd, guideBps }: CommissionRatePublishedPayload): string {
  return series === 'stop' || isEnd ? '按其他规则计算' : `佣金 ${percentText(guideBps)}`;
}
