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

/** Through whose share she came. The rows name her by a number alone and stay: attribution replays from them (R3.4). */
@Injectable()
@HoldsPersonalData('touches')
export class TouchPersonalData implements PersonalDataPart {
  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<{ occurredAt: number; scene: number; name: string | null }>(
      `SELECT t.occurredAt, t.scene, g.name FROM touches t LEFT JOIN guides g ON g.id = t.guideId
       WHERE t.memberId IN (${marksOf(subject)}) ORDER BY t.id DESC`,
      subject.entryIds,
    );
    const items = rows.map(({ occurredAt, scene, name }) => ({
      时间: businessTimeText(Number(occurredAt)),
      导购: name,
      微信场景值: scene,
    }));
    return [{ title: '通过分享进入的记录', items }];
  }
}
