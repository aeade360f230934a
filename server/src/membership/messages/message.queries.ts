import type { Page } from '@mall/shared/paging';
import { MessageKind, MessageState, type MessageTally, type SubscribeMessageView } from '@mall/shared/subscriptions';
import { Inject, Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import { reasonWords } from './domain/judge-sending.js';
import type { SubscribeMessageEntity } from './subscribe-message.entity.js';

interface MessagesFilter {
  state?: MessageState;
  kind?: MessageKind;
  cursor?: string;
  limit: number;
}

/** Messages as HQ sees them. */
@Injectable()
export class MessageQueries {
  constructor(
    private readonly database: Database,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** Newest first. */
  async page({ state, kind, cursor, limit }: MessagesFilter): Promise<Page<SubscribeMessageView>> {
    // Only what is asked for: a few refused ones are then found by their index, and not by reading all that were sent.
    const asked = Object.entries({ state, kind }).flatMap(([column, value]) => (value ? [{ column, value }] : []));
    const rows = await this.database.query<SubscribeMessageEntity>(
      `SELECT * FROM subscribe_messages WHERE ${asked.map(({ column }) => `${column} = ? AND `).join('')}id < ?
       ORDER BY id DESC LIMIT ${limit + 1}`,
      [...asked.map(({ value }) => value), cursor ?? NEWEST],
    );
    return pageOf(rows, limit, toView);
  }

  /** One row for each kind. */
  async tallies(): Promise<MessageTally[]> {
    const counts = await this.database.query<{ kind: string; state: string; n: number }>(
      'SELECT kind, state, COUNT(*) AS n FROM subscribe_messages GROUP BY kind, state',
    );
    const grants = await this.database.query<{ templateId: string; n: number }>(
      'SELECT templateId, SUM(available) AS n FROM message_grants GROUP BY templateId',
    );
    return Object.values(MessageKind).map((kind) => {
      const templateId = this.config.messages?.[kind]?.id ?? null;
      const countOf = (state: MessageState) =>
        Number(counts.find((row) => row.kind === kind && row.state === state)?.n ?? 0);
      return {
        kind,
        configured: templateId !== null,
        grants: Number(grants.find((row) => row.templateId === templateId)?.n ?? 0),
        states: Object.fromEntries(
          Object.values(MessageState).map((state) => [state, countOf(state)]),
        ) as MessageTally['states'],
      };
    });
  }
}

function toView(row: SubscribeMessageEntity): SubscribeMessageView {
  const { id, memberId, subjectId, reasonCode, tries, createdAt, finishedAt } = row;
  return {
    id,
    kind: row.kind as MessageKind,
    memberId,
    subjectId,
    state: row.state as MessageState,
    reasonCode,
    reason: reasonWords(reasonCode),
    tries,
    createdAt,
    finishedAt,
  };
}
