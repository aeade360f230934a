import type { DataSection } from '@mall/shared/privacy';
import { Injectable } from '@nestjs/common';
import {
  type DataSubject,
  HoldsPersonalData,
  marksOf,
  type PersonalDataPart,
} from '../../membership/privacy/privacy.public.js';
import { businessTimeText } from '../../platform/clock/business-day.js';
import type { Reader } from '../../platform/database/tx.js';

/** Which guide served her. The rows are never changed and name her by a number alone: orders were decided by them. */
@Injectable()
@HoldsPersonalData('bindings')
export class BindingPersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ startsAt: number; validUntil: number; name: string | null }>(
      `SELECT b.startsAt, b.validUntil, g.name FROM bindings b LEFT JOIN guides g ON g.id = b.guideId
       WHERE b.memberId IN (${marksOf(subject)}) ORDER BY b.memberSequence DESC`,
      subject.entryIds,
    );
    const items = rows.map(({ startsAt, validUntil, name }) => ({
      导购: name,
      开始: businessTimeText(Number(startsAt)),
      有效至: businessTimeText(Number(validUntil)),
    }));
    return [{ title: '为我服务的导购', items }];
  }
}
