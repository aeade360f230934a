import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';

/** What she allowed stays hers: grants are of an account, and the account goes along. */
@Injectable()
@MergesMembers('messages')
export class MergeMessages implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    for (const table of ['message_answers', 'message_grants', 'subscribe_messages']) {
      await tx.execute(`UPDATE ${table} SET memberId = ? WHERE memberId = ?`, [intoMemberId, fromMemberId]);
    }
  }
}
