import type { DataSection } from '@mall/shared/privacy';
import { MessageKind } from '@mall/shared/subscriptions';
import { Injectable } from '@nestjs/common';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../privacy/privacy.public.js';

const KINDS: Readonly<Record<string, string>> = {
  [MessageKind.OrderShipped]: '发货通知',
  [MessageKind.CouponExpiring]: '优惠券到期提醒',
  [MessageKind.CommissionAvailable]: '佣金可提现通知',
  [MessageKind.PayoutArrived]: '提现到账通知',
  [MessageKind.RateChanged]: '佣金比例变动通知',
};

/** Which messages she was sent, and what she allowed. With the account both go. */
@Injectable()
@HoldsPersonalData('messages')
export class MessagePersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ kind: string; finishedAt: number }>(
      `SELECT kind, finishedAt FROM subscribe_messages WHERE memberId IN (${marksOf(subject)})
         AND state IN ('sent', 'unknown') ORDER BY id DESC`,
      subject.entryIds,
    );
    const items = rows.map(({ kind, finishedAt }) => ({
      消息: KINDS[kind] ?? kind,
      发送时间: businessTimeText(Number(finishedAt)),
    }));
    return [{ title: '订阅消息', items }];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    const mine = `memberId IN (${marksOf(erasure)})`;
    await tx.execute(`DELETE FROM message_answers WHERE ${mine}`, erasure.entryIds);
    await tx.execute(`DELETE FROM message_grants WHERE ${mine}`, erasure.entryIds);
    await tx.execute(`DELETE FROM message_turns WHERE ${mine}`, erasure.entryIds);
    // One that is on its way ends by itself; it says nothing of her any more.
    await tx.execute(`DELETE FROM subscribe_messages WHERE ${mine} AND state <> 'sending'`, erasure.entryIds);
    return 'done';
  }
}
