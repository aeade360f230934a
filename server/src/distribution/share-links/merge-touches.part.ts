import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Every arrival of either entry is hers (R2.1): one opened as a visitor still wins an order placed as a member. */
@Injectable()
@MergesMembers('touches')
export class MergeTouches implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE touches SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
