import { Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { MemberCases, UniteEntries } from '../../membership/merging/merging.public.js';
import type { Tx } from '../../platform/database/tx.js';
import type { WechatPhone } from '../../wechat/wechat.public.js';

/** One verified number under two entries (R2.1). */
@Injectable()
export class SamePhone {
  constructor(
    private readonly members: Members,
    private readonly entries: UniteEntries,
    private readonly cases: MemberCases,
  ) {}

  /**
   * Merges her into the entry that holds the number, unless WeChat knows two different people: numbers are recycled,
   * and a phone alone never merges two unionids (C4). Then HQ gets a case, once.
   *
   * @returns the entry that stays; null: HQ decides
   */
  async unite(tx: Tx, memberId: string, holderId: string, phone: WechatPhone): Promise<string | null> {
    const [one, holder] = [await this.members.standing(tx, memberId), await this.members.standing(tx, holderId)];
    const dispute = { memberId: one.id, otherMemberId: holder.id, phoneHash: this.members.hashOf(phone) };
    const twoPeople = one.unionid !== null && holder.unionid !== null && one.unionid !== holder.unionid;
    if (!twoPeople) return this.entries.execute(tx, dispute, 'phone');
    await this.cases.open(tx, dispute);
    return null;
  }
}
