import { MessageKind, MessageState } from '@mall/shared/subscriptions';
import { Inject, Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import type { MessageFacts } from './domain/message-words.js';
import { MessageGrants } from './message-grants.js';
import { SubscribeMessageEntity } from './subscribe-message.entity.js';

export interface MessageDraft<K extends MessageKind> {
  memberId: string;
  /** Of the fact, ≤ 60 characters: one message for each kind and subject. */
  subjectId: string;
  facts: MessageFacts[K];
  /** Summed when several facts are gathered. */
  amountFen?: number;
  /** `id=ord_1`: of the page that it opens. */
  query?: string;
  /** Business clock. */
  at: number;
  /** Business clock: when what it tells of is over, if that is known. */
  until?: number;
}

/** Of a fact that nobody wants to hear of days later; business clock. */
const FRESH_MS: Readonly<Record<MessageKind, number>> = {
  'order-shipped': 3 * DAY_MS,
  'coupon-expiring': 3 * DAY_MS,
  'commission-available': 2 * DAY_MS,
  'payout-arrived': 2 * DAY_MS,
  'rate-changed': 2 * DAY_MS,
};
/** What comes in heaps waits a while and becomes one message; wall clock. */
const GATHER_MS: Readonly<Partial<Record<MessageKind, number>>> = {
  'commission-available': 10 * 60_000,
  'rate-changed': 10 * 60_000,
};

/** Messages that members have asked for. Other rooms draft them together with the fact; a job sends them, once. */
@Injectable()
export class Messages {
  constructor(
    private readonly grants: MessageGrants,
    private readonly clock: WallClock,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Null: the shop has set no template of this kind, so there are no such messages. */
  templateId(kind: MessageKind): string | null {
    return this.config.messages?.[kind]?.id ?? null;
  }

  /**
   * Drafts messages of one kind, each for who has allowed one; for anybody else nothing happens. A subject that was told
   * is not told again, but what is gathered (commission, rates) is added to the draft as long as that waits.
   */
  async draft<K extends MessageKind>(tx: Tx, kind: K, drafts: readonly MessageDraft<K>[]): Promise<void> {
    const templateId = this.templateId(kind);
    if (templateId === null) return;
    const memberIds = drafts.map(({ memberId }) => memberId);
    const wanting = await this.grants.holders(tx, memberIds, templateId);
    for (const draft of drafts) if (wanting.has(draft.memberId)) await this.write(tx, kind, draft);
  }

  private async write<K extends MessageKind>(tx: Tx, kind: K, draft: MessageDraft<K>): Promise<void> {
    const { memberId, subjectId, facts, amountFen = 0, query = '', at } = draft;
    const row: SubscribeMessageEntity = {
      id: newId('msg'),
      memberId,
      kind,
      subjectId,
      factsJson: JSON.stringify(facts),
      amountFen,
      facts: 1,
      query,
      state: MessageState.Waiting,
      reasonCode: null,
      grantId: null,
      tries: 0,
      nextTryAt: this.clock.now() + (GATHER_MS[kind] ?? 0),
      claimedAt: null,
      createdAt: at,
      sendBefore: Math.min(at + FRESH_MS[kind], draft.until ?? Number.POSITIVE_INFINITY),
      finishedAt: null,
    };
    if (await tx.insertOnce(SubscribeMessageEntity, row)) return;
    if (GATHER_MS[kind] === undefined) return;
    await tx.execute(
      `UPDATE subscribe_messages SET amountFen = amountFen + ?, facts = facts + 1
       WHERE kind = ? AND subjectId = ? AND state = 'waiting'`,
      [amountFen, kind, subjectId],
    );
  }
}
