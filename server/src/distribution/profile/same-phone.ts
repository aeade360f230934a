import { Injectable } from '@nestjs/common';
import { type MemberEntity, Members } from '../../membership/members/members.public.js';
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
   * Merges her into the entry that holds the number, unless WeChat knows two different people, or two accounts of one
   * mini-program and no unionid: numbers are recycled, and a phone alone never merges those (C4). HQ gets a case, once.
   *
   * @returns the entry that stays; null: HQ decides
   */
  async unite(tx: Tx, memberId: string, holderId: string, phone: WechatPhone): Promise<string | null> {
    const [one, holder] = [await this.members.standing(tx, memberId), await this.members.standing(tx, holderId)];
    // One already: the answer to a commit was lost, and this is the second run.
    if (one.id === holder.id) return holder.id;
    const dispute = { memberId: one.id, otherMemberId: holder.id, phoneHash: this.members.hashOf(phone) };
    if (!(await this.mayBeTwo(tx, one, holder))) return this.entries.execute(tx, dispute, 'phone');
    await this.cases.open(tx, dispute);
    return null;
  }

  private async mayBeTwo(tx: Tx, one: MemberEntity, holder: MemberEntity): Promise<boolean> {
    if (one.unionid !== null && holder.unionid !== null) return one.unionid !== holder.unionid;
    // Two accounts of one mini-program and no unionid: a recycled number looks exactly like this.
    return one.unionid === holder.unionid && (await this.members.shareMiniProgram(tx, one.id, holder.id));
  }
}
