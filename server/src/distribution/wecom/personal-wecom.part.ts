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

/** With which guides she was in contact in WeCom. After the closing the mall no longer knows who that contact was. */
@Injectable()
@HoldsPersonalData('wecom')
export class WecomPersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ name: string | null; addedAt: number | null; endedAt: number | null }>(
      `SELECT g.name, c.addedAt, c.endedAt FROM wecom_contacts c LEFT JOIN guides g ON g.id = c.guideId
       WHERE c.memberId IN (${marksOf(subject)}) ORDER BY c.id`,
      subject.entryIds,
    );
    const day = (at: number | null): string | null => (at === null ? null : businessTimeText(at));
    const items = rows.map(({ name, addedAt, endedAt }) => ({
      导购: name,
      添加时间: day(addedAt),
      解除时间: day(endedAt),
    }));
    return items.length === 0 ? [] : [{ title: '企业微信联系', items }];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    const marks = marksOf(erasure);
    await tx.execute(`DELETE FROM wecom_contact_ways WHERE memberId IN (${marks})`, erasure.entryIds);
    // Without unionid and state nobody can link the contact again; that there was one is the guide's history.
    await tx.execute(
      `UPDATE wecom_contacts SET memberId = NULL, linkedBy = NULL, unionid = NULL, state = '', lookAgainAt = NULL
       WHERE memberId IN (${marks})`,
      erasure.entryIds,
    );
    return 'done';
  }
}
