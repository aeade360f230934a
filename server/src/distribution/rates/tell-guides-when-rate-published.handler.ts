import { type CommissionRatePublishedPayload, EventType } from '@mall/shared/events';
import { GuideNoticeKind } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { type EventHandler, HandlesEvent, type OutboxEvent } from '../../platform/outbox/event-handler.js';
import { Guides } from '../guides/guides.public.js';
import { GuideNotices } from '../notices/notices.public.js';
import { percentText } from './commission-rule.mapper.js';
import { RateScopes } from './rate-scopes.js';

/** R4.3: guides are told at publication, each one whom the rule's seller scope covers, once a rule. */
@Injectable()
@HandlesEvent(EventType.CommissionRatePublished, 'tell-guides-when-rate-published')
export class TellGuidesWhenRatePublished implements EventHandler<'commission.rate-published'> {
  constructor(
    private readonly guides: Guides,
    private readonly notices: GuideNotices,
    private readonly scopes: RateScopes,
  ) {}

  async handle(tx: Tx, { payload, occurredAt }: OutboxEvent<'commission.rate-published'>): Promise<void> {
    const { kind, id } = payload.productScope;
    const goods = await this.scopes.describe(tx, { kind, id: id ?? '' });
    const body = sentenceOf(payload, goods?.name ?? '全部商品');
    for await (const ids of this.guides.idsInScope(tx, payload.sellerScope)) {
      await this.notices.putAll(tx, ids, {
        kind: GuideNoticeKind.RateChanged,
        subjectId: payload.ruleId,
        title: '佣金比例有变化',
        body,
        at: occurredAt,
      });
    }
  }
}

/** `“亚麻衬衫”自 2026-11-22 09:30 起，佣金为 7.5%`. Within 300 characters, whatever the goods are called. */
function sentenceOf(rate: CommissionRatePublishedPayload, goods: string): string {
  const what = rate.productScope.kind === 'any' ? '全部商品' : `“${goods.slice(0, 150)}”`;
  const from = `${what}自 ${businessTimeText(rate.effectiveFrom)} 起`;
  const kept = '之前的订单不受影响。';
  if (rate.series === 'stop') return `${from}，原定的佣金安排提前结束，改按其他规则计算。${kept}`;
  if (rate.isEnd) return `${from}，这一佣金终止，改按其他规则计算。${kept}`;
  const until = rate.effectiveTo === null ? '' : `至 ${businessTimeText(rate.effectiveTo)}`;
  return `${from}${until}，佣金为 ${percentText(rate.guideBps)}。${kept}`;
}
