import { fen } from '@mall/shared/money';
import { MESSAGE_PAGES, type MessageKind, MessageState } from '@mall/shared/subscriptions';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import {
  type MessageTemplate,
  typeOfKey,
  WECHAT_CONFIG,
  type WechatConfig,
  WechatSubscribeClient,
} from '../../wechat/wechat.public.js';
import { judgeSending, type SendingStep, waitAfter } from './domain/judge-sending.js';
import { fitValue } from './domain/message-values.js';
import { type MessageFacts, wordsOf } from './domain/message-words.js';
import { MessageClocks } from './message-clocks.js';
import { BAN_REST_MS, MessageGrants } from './message-grants.js';
import { MessageLimits } from './message-limits.js';
import type { SubscribeMessageEntity } from './subscribe-message.entity.js';

interface Claimed {
  message: SubscribeMessageEntity;
  openid: string;
  grantId: string;
  templateId: string;
  values: Record<string, string>;
}

/** Hands one message to WeChat, at most once: the claim is committed before the call. */
@Injectable()
export class SendMessage {
  private readonly logger = new Logger(SendMessage.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly grants: MessageGrants,
    private readonly limits: MessageLimits,
    private readonly client: WechatSubscribeClient,
    private readonly clocks: MessageClocks,
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
  ) {}

  /** True when it was sent. */
  async execute(messageId: string): Promise<boolean> {
    const claimed = await this.unitOfWork.run((tx) => this.claim(tx, messageId));
    if (claimed === null) return false;
    const { message, openid, templateId, values } = claimed;
    const page = MESSAGE_PAGES[message.kind as MessageKind];
    const answer = await this.client.send({
      templateId,
      openid,
      page: message.query === '' ? page : `${page}?${message.query}`,
      values,
    });
    const step = judgeSending(answer);
    await this.unitOfWork.run((tx) => this.settle(tx, claimed, step));
    if (step.step !== 'sent') this.logger.warn({ message: 'a message was not sent', messageId, ...step });
    return step.step === 'sent';
  }

  private async claim(tx: Tx, messageId: string): Promise<Claimed | null> {
    const message = await tx.first<SubscribeMessageEntity>(
      `SELECT * FROM subscribe_messages WHERE id = ? AND state = 'waiting' AND nextTryAt <= ?`,
      [messageId, this.clocks.wall.now()],
    );
    if (message === null) return null;
    const template = this.config.messages?.[message.kind as MessageKind];
    if (template === undefined) return this.drop(tx, messageId, 'off');
    if (message.sendBefore <= this.clocks.business.now()) return this.drop(tx, messageId, 'late');
    const values = valuesOf(message, template);
    if (values === null) return this.drop(tx, messageId, 'unfit');
    const grant = await this.grants.take(tx, message.memberId, template.id);
    if (grant === null) return this.drop(tx, messageId, 'grant');
    // Exactly as it was read: not after another worker's try, nor without what was gathered into it meanwhile.
    const claimed = await tx.execute(
      `UPDATE subscribe_messages SET state = 'sending', claimedAt = ?, tries = tries + 1, grantId = ?
       WHERE id = ? AND state = 'waiting' AND tries = ? AND facts = ?`,
      [this.clocks.wall.now(), grant.grantId, messageId, message.tries, message.facts],
    );
    if (claimed !== 1) {
      await this.grants.giveBack(tx, grant.grantId);
      return null;
    }
    const silence = await this.limits.count(tx, message, this.clocks.business.now());
    if (silence !== null) {
      await this.grants.giveBack(tx, grant.grantId);
      return this.drop(tx, messageId, silence, MessageState.Sending);
    }
    return { message, ...grant, templateId: template.id, values };
  }

  private async drop(tx: Tx, id: string, code: string, from: MessageState = MessageState.Waiting): Promise<null> {
    await finish(tx, { id, from, to: MessageState.Dropped, code, at: this.clocks.business.now() });
    return null;
  }

  private async settle(tx: Tx, { message: { id, tries }, grantId }: Claimed, step: SendingStep): Promise<void> {
    const at = this.clocks.business.now();
    const from = MessageState.Sending;
    if (step.step === 'later') {
      const moved = await tx.execute(
        `UPDATE subscribe_messages SET state = 'waiting', nextTryAt = ?, claimedAt = NULL, grantId = NULL, reasonCode = ?
         WHERE id = ? AND state = 'sending'`,
        [this.clocks.wall.now() + waitAfter(tries), step.code, id],
      );
      if (moved === 1) await this.grants.giveBack(tx, grantId);
      return;
    }
    const to = { sent: MessageState.Sent, unknown: MessageState.Unknown, refused: MessageState.Refused }[step.step];
    const code = step.step === 'sent' ? null : step.code;
    if (!(await finish(tx, { id, from, to, code, at })) || step.step !== 'refused') return;
    if (step.grant === 'back') await this.grants.giveBack(tx, grantId);
    else await this.grants.empty(tx, grantId, step.grant === 'banned' ? at + BAN_REST_MS : null);
  }
}

/** What it said is not kept: that it was sent is enough. */
export async function finish(
  tx: Tx,
  end: { id: string; from: MessageState; to: MessageState; code: string | null; at: number },
): Promise<boolean> {
  const moved = await tx.execute(
    `UPDATE subscribe_messages SET state = ?, reasonCode = ?, finishedAt = ?, factsJson = '{}' WHERE id = ? AND state = ?`,
    [end.to, end.code, end.at, end.id, end.from],
  );
  return moved === 1;
}

/** By the template's keys; null when WeChat would refuse one of them. */
function valuesOf(message: SubscribeMessageEntity, { keys }: MessageTemplate): Record<string, string> | null {
  const kind = message.kind as MessageKind;
  const facts = JSON.parse(message.factsJson) as MessageFacts[typeof kind];
  const gathered = { amountFen: fen(Number(message.amountFen)), facts: message.facts, timeText: businessTimeText };
  const words = wordsOf(kind, facts, gathered);
  const values: Record<string, string> = {};
  for (const [word, key] of Object.entries(keys)) {
    const value = fitValue(typeOfKey(key) ?? '', words[word] ?? '');
    if (value === null) return null;
    values[key] = value;
  }
  return values;
}
