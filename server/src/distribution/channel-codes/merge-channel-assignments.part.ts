import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Of two guides whom one person met behind the same code, the entry that stays keeps its own (R2.1). */
@Injectable()
@MergesMembers('channel-assignments')
export class MergeChannelAssignments implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    const theirs = await tx.query<{ channelCodeId: string }>(
      'SELECT channelCodeId FROM channel_assignments WHERE memberId = ?',
      [intoMemberId],
    );
    for (const { channelCodeId } of theirs) {
      await tx.execute('DELETE FROM channel_assignments WHERE memberId = ? AND channelCodeId = ?', [
        fromMemberId,
        channelCodeId,
      ]);
    }
    await tx.execute('UPDATE channel_assignments SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
