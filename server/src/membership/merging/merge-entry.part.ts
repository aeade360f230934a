import { ContactPreference } from '@mall/shared/membership';
import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { stricterPreference } from './domain/choose-entry.js';
import { type MemberMerge, type MergePart, MergesMembers } from './merge-part.js';

/** What tells who somebody is: accounts, unionid, number, name, since when she is a member (R2.1). */
@Injectable()
@MergesMembers('entry')
export class MergeEntry implements MergePart {
  constructor(private readonly members: Members) {}

  async merge(tx: Tx, { fromMemberId, intoMemberId, sweep }: MemberMerge): Promise<void> {
    // Both rows are held before they are read: a sweep comes while she, HQ or a joining may change what it writes back.
    await tx.execute('UPDATE members SET createdAt = createdAt WHERE id IN (?, ?)', [fromMemberId, intoMemberId]);
    await tx.execute('UPDATE member_identities SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
    const from = await this.members.find(tx, fromMemberId);
    const into = await this.members.find(tx, intoMemberId);
    if (from === null || into === null) throw new Error('an entry that is merged is gone');
    // Never later: HQ may have taken a recycled number from her since, and an old one must not come in its place.
    const takesPhone = !sweep && into.phoneHash === null && from.phoneHash !== null;
    // Given up before it is taken, since the keys allow one holder. What stays here still finds her: it leads on.
    await tx.execute(
      `UPDATE members SET unionid = ?, phoneSealed = ?, phoneHash = ?, phoneTail = ?, contactPreference = ? WHERE id = ?`,
      [
        into.unionid === null ? null : from.unionid,
        ...(takesPhone ? [null, null, null] : [from.phoneSealed, from.phoneHash, from.phoneTail]),
        ContactPreference.Guide,
        fromMemberId,
      ],
    );
    const phone = takesPhone ? from : into;
    const joined = [from.joinedAt, into.joinedAt].filter((at) => at !== null);
    await tx.execute(
      `UPDATE members SET unionid = COALESCE(unionid, ?), phoneSealed = ?, phoneHash = ?, phoneTail = ?,
         nickname = COALESCE(nickname, ?), joinedAt = ?, contactPreference = ? WHERE id = ?`,
      [
        from.unionid,
        phone.phoneSealed,
        phone.phoneHash,
        phone.phoneTail,
        from.nickname,
        joined.length === 0 ? null : Math.min(...joined),
        stricterPreference(from.contactPreference, into.contactPreference),
        intoMemberId,
      ],
    );
  }
}
