import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';
import { MessageTurnEntity } from './message-turn.entity.js';

/** What either account allowed stays allowed; messages that both got count together (R6.4). */
@Injectable()
@MergesMembers('messages')
export class MergeMessages implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    for (const table of ['message_answers', 'message_grants', 'subscribe_messages']) {
      await tx.execute(`UPDATE ${table} SET memberId = ? WHERE memberId = ?`, [intoMemberId, fromMemberId]);
    }
    await this.joinTurns(tx, fromMemberId, intoMemberId);
  }

  /** Behind her own turns: all of them stand in the way of a next message until their window is over. */
  private async joinTurns(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    const turnsOf = (memberId: string) =>
      tx.query<MessageTurnEntity>('SELECT * FROM message_turns WHERE memberId = ?', [memberId]);
    const from = await turnsOf(fromMemberId);
    if (from.length === 0) return;
    const newestFirst = [...from, ...(await turnsOf(intoMemberId))].sort((a, b) => Number(b.usedAt) - Number(a.usedAt));
    await tx.execute('DELETE FROM message_turns WHERE memberId IN (?, ?)', [fromMemberId, intoMemberId]);
    const joined = newestFirst.map(({ usedAt }, index) => ({ memberId: intoMemberId, slot: index + 1, usedAt }));
    await tx.insert(MessageTurnEntity, joined);
  }
}
