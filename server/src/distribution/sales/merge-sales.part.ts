import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** What either entry bought counts as hers (R2.1), also as a second order (R4.6). */
@Injectable()
@MergesMembers('sales')
export class MergeSales implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE sold_orders SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
