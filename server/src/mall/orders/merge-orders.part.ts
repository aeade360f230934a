import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Orders of either entry are hers (R2.1). */
@Injectable()
@MergesMembers('orders')
export class MergeOrders implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE orders SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
