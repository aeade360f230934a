import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Whose buyer a decision names follows her (R2.1); the decision itself and its evidence stay as they were frozen (R3.1). */
@Injectable()
@MergesMembers('attributions')
export class MergeAttributions implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE attributions SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
