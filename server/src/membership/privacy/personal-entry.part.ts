import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { type MemberIdentityEntity, Members } from '../members/members.public.js';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from './personal-data-part.js';

/** `oQ4…9f2`: enough to tell two accounts apart. */
function masked(openid: string): string {
  return `${openid.slice(0, 3)}…${openid.slice(-3)}`;
}

/** Her own entry: name, number, accounts. That it goes is {@link ClosingEntry}'s, before every room. */
@Injectable()
@HoldsPersonalData('a-entry')
export class EntryPersonalData implements PersonalDataPart {
  constructor(private readonly members: Members) {}

  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const member = await this.members.find(reader, subject.memberId);
    if (member === null) return [];
    const profile = {
      会员编号: member.id,
      昵称: member.nickname,
      手机号: this.members.phoneOf(member),
      首次进入: businessTimeText(member.createdAt),
      入会时间: member.joinedAt === null ? null : businessTimeText(member.joinedAt),
      谁可以联系我: { guide: '我的导购', hq_only: '只由总部', nobody: '都不联系' }[member.contactPreference] ?? null,
    };
    const accounts = await reader.query<Pick<MemberIdentityEntity, 'openid' | 'createdAt' | 'signedInAt'>>(
      `SELECT openid, createdAt, signedInAt FROM member_identities WHERE memberId IN (${marksOf(subject)})
       ORDER BY createdAt`,
      subject.entryIds,
    );
    const items = accounts.map(({ openid, createdAt, signedInAt }) => ({
      微信账号: masked(openid),
      首次登录: businessTimeText(createdAt),
      最近登录: signedInAt === null ? null : businessTimeText(signedInAt),
    }));
    return [
      { title: '我的资料', items: [profile] },
      { title: '微信账号', items },
    ];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    await tx.execute(`DELETE FROM data_exports WHERE memberId IN (${marksOf(erasure)})`, erasure.entryIds);
    return 'done';
  }
}
