import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { Members } from '../members/members.public.js';
import { type MemberMerge, type MergePart, MergesMembers } from '../merging/merging.public.js';

/** Exports of a closed entry go: she asks anew for one that has all. A closed account is never merged. */
@Injectable()
@MergesMembers('privacy')
export class MergePrivacy implements MergePart {
  constructor(private readonly members: Members) {}

  async refuses(
    tx: Tx,
    { fromMemberId, intoMemberId }: Pick<MemberMerge, 'fromMemberId' | 'intoMemberId'>,
  ): Promise<string | null> {
    const pair = await this.members.many(tx, [fromMemberId, intoMemberId]);
    return pair.some(({ closedAt }) => closedAt !== null) ? '其中一个账户已经注销，不能合并' : null;
  }

  async merge(tx: Tx, { fromMemberId }: MemberMerge): Promise<void> {
    await tx.execute('DELETE FROM data_exports WHERE memberId = ?', [fromMemberId]);
  }
}
