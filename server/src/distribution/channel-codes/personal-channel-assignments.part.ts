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

/** Whom she meets behind HQ's codes. It only says who serves her next scan, so nothing is lost when it goes. */
@Injectable()
@HoldsPersonalData('channel-assignments')
export class ChannelAssignmentPersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ assignedAt: number; label: string; name: string | null }>(
      `SELECT a.assignedAt, c.label, g.name FROM channel_assignments a
       JOIN channel_codes c ON c.id = a.channelCodeId LEFT JOIN guides g ON g.id = a.guideId
       WHERE a.memberId IN (${marksOf(subject)}) ORDER BY a.id`,
      subject.entryIds,
    );
    const items = rows.map(({ assignedAt, label, name }) => ({
      时间: businessTimeText(Number(assignedAt)),
      二维码: label,
      导购: name,
    }));
    return items.length === 0 ? [] : [{ title: '扫码后接待您的导购', items }];
  }

  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    await tx.execute(`DELETE FROM channel_assignments WHERE memberId IN (${marksOf(erasure)})`, erasure.entryIds);
    return 'done';
  }
}
