import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { Guides } from './guides.js';

/** Who sells under one of her entries goes on selling under the one that stays (R2.1). One member is at most one guide. */
@Injectable()
@MergesMembers('guides')
export class MergeGuides implements MergePart {
  constructor(private readonly guides: Guides) {}

  async refuses(
    tx: Tx,
    { fromMemberId, intoMemberId }: Pick<MemberMerge, 'fromMemberId' | 'intoMemberId'>,
  ): Promise<string | null> {
    return (await this.bothAreGuides(tx, fromMemberId, intoMemberId)) ? '两个账号都是导购，不能自动合并' : null;
  }

  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await tx.execute('UPDATE guide_invitations SET acceptedBy = ? WHERE acceptedBy = ?', [intoMemberId, fromMemberId]);
    // Possible only by an invitation that was being accepted while the entries were merged: HQ has to end one of them.
    if (await this.bothAreGuides(tx, fromMemberId, intoMemberId)) return;
    await tx.execute('UPDATE guides SET memberId = ? WHERE memberId = ?', [intoMemberId, fromMemberId]);
  }

  private async bothAreGuides(tx: Tx, one: string, other: string): Promise<boolean> {
    return (await this.guides.byMember(tx, one)) !== null && (await this.guides.byMember(tx, other)) !== null;
  }
}
