import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Commissions name the buyer whose second order they may wait for (R4.6): she is the entry that stays (R2.1). */
@Injectable()
@MergesMembers('commission')
export class MergeCommission implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE commission_entries SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
