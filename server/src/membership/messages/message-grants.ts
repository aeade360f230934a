import { SubscriptionOutcome } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import { RetryTransaction } from '../../platform/database/database-errors.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { MessageAnswerEntity } from './message-answer.entity.js';
import { MessageGrantEntity } from './message-grant.entity.js';

/** More than these in hand and she need not be asked: the next few messages are paid for. */
const ENOUGH = 3;
/** Who said no is left alone for a while; who shut the template for good, until she allows it by herself. */
const REST_MS: Readonly<Record<SubscriptionOutcome, number>> = {
  accept: 0,
  reject: 30 * DAY_MS,
  filter: 30 * DAY_MS,
  ban: 36_500 * DAY_MS,
};

interface Answer {
  memberId: string;
  openid: string;
  templateId: string;
  requestId: string;
  moment: string;
  outcome: SubscriptionOutcome;
  /** Business clock. */
  at: number;
}

/** What members have allowed, counted by account and template (§4). */
@Injectable()
export class MessageGrants {
  /** Writes an answer down, once by its request; an accept is one message more. */
  async record(tx: Tx, answer: Answer): Promise<void> {
    const { at: answeredAt, ...told } = answer;
    if (!(await tx.insertOnce(MessageAnswerEntity, { id: newId('man'), ...told, answeredAt }))) return;
    const { memberId, openid, templateId, outcome } = answer;
    const isAccept = outcome === SubscriptionOutcome.Accept;
    const restUntil = isAccept ? null : answeredAt + REST_MS[outcome];
    const change = isAccept ? 1 : 0;
    const counted = await tx.execute(
      'UPDATE message_grants SET available = available + ?, restUntil = ?, memberId = ? WHERE openid = ? AND templateId = ?',
      [change, restUntil, memberId, openid, templateId],
    );
    if (counted === 1) return;
    const row = { id: newId('mgr'), memberId, openid, templateId, available: change, restUntil };
    if (!(await tx.insertOnce(MessageGrantEntity, row))) {
      throw new RetryTransaction(`the first answer of ${memberId} about ${templateId} was written meanwhile`);
    }
  }

  /** Of `templateIds` those about which she may be asked at `at`. */
  async askable(reader: Reader, memberId: string, templateIds: readonly string[], at: number): Promise<string[]> {
    if (templateIds.length === 0) return [];
    const rows = await reader.query<{ templateId: string }>(
      `SELECT templateId FROM message_grants WHERE memberId = ?
         AND templateId IN (${templateIds.map(() => '?').join(', ')}) AND (available >= ${ENOUGH} OR restUntil > ?)`,
      [memberId, ...templateIds, at],
    );
    const closed = new Set(rows.map(({ templateId }) => templateId));
    return templateIds.filter((templateId) => !closed.has(templateId));
  }

  /** Of `memberIds` those who have one left of this template. */
  async holders(reader: Reader, memberIds: readonly string[], templateId: string): Promise<Set<string>> {
    if (memberIds.length === 0) return new Set();
    const rows = await reader.query<{ memberId: string }>(
      `SELECT memberId FROM message_grants WHERE templateId = ? AND available > 0
         AND memberId IN (${memberIds.map(() => '?').join(', ')})`,
      [templateId, ...memberIds],
    );
    return new Set(rows.map(({ memberId }) => memberId));
  }

  /** Takes one; null: she has allowed no more. Two senders never take the same. */
  async take(tx: Tx, memberId: string, templateId: string): Promise<{ grantId: string; openid: string } | null> {
    const rows = await tx.query<{ id: string; openid: string }>(
      'SELECT id, openid FROM message_grants WHERE memberId = ? AND templateId = ? AND available > 0 ORDER BY id DESC',
      [memberId, templateId],
    );
    for (const { id, openid } of rows) {
      const taken = await tx.execute(
        'UPDATE message_grants SET available = available - 1 WHERE id = ? AND available > 0',
        [id],
      );
      if (taken === 1) return { grantId: id, openid };
    }
    return null;
  }

  /** It was certainly not used. */
  async giveBack(tx: Tx, grantId: string): Promise<void> {
    await tx.execute('UPDATE message_grants SET available = available + 1 WHERE id = ?', [grantId]);
  }

  /** WeChat says that there is nothing left, and it counts better than we do. `restUntil`: she shut it for good. */
  async empty(tx: Tx, grantId: string, restUntil: number | null): Promise<void> {
    await tx.execute('UPDATE message_grants SET available = 0, restUntil = COALESCE(?, restUntil) WHERE id = ?', [
      restUntil,
      grantId,
    ]);
  }
}

/** How long a template rests that she has shut for good. */
export const BAN_REST_MS = REST_MS.ban;
