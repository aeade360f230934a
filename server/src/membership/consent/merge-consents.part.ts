import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';

/** Every act of consent stays an act of hers; the newest of a purpose holds, whichever entry it came from (R2.1). */
@Injectable()
@MergesMembers('consents')
export class MergeConsents implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE consents SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }
}
