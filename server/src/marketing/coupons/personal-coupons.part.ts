import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  type Erasure,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Reader, Tx } from '../../platform/database/tx.js';

const STATES: Record<string, string> = { issued: '未使用', locked: '订单使用中', redeemed: '已使用', voided: '已失效' };

/** Her coupons: what she has not used ends with the account. */
@Injectable()
@HoldsPersonalData('coupons')
export class CouponPersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ name: string; state: string; issuedAt: number; expiresAt: number }>(
      `SELECT t.name, c.state, c.issuedAt, c.expiresAt FROM coupons c JOIN coupon_templates t ON t.id = c.templateId
       WHERE c.memberId IN (${marksOf(subject)}) ORDER BY c.id DESC`,
      subject.entryIds,
    );
    const items = rows.map(({ name, state, issuedAt, expiresAt }) => ({
      优惠券: name,
      状态: STATES[state] ?? state,
      领取时间: businessTimeText(Number(issuedAt)),
      到期时间: businessTimeText(Number(expiresAt)),
    }));
    return [{ title: '优惠券', items }];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    await tx.execute(
      `UPDATE coupons SET state = 'voided', voidedAt = ? WHERE memberId IN (${marksOf(erasure)}) AND state = 'issued'`,
      [erasure.at, ...erasure.entryIds],
    );
    return 'done';
  }
}
