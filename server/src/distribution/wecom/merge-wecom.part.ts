import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';

/** Her contacts become those of the entry that stays. Codes that are out there still name her; new ones are made. */
@Injectable()
@MergesMembers('wecom')
export class MergeWecom implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE wecom_contacts SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
    await tx.execute('UPDATE wecom_contact_ways SET memberId = ?, wayKey = NULL WHERE memberId = ?', [
      intoMemberId,
      fromMemberId,
    ]);
  }
}
