import type { DataSection } from '@mall/shared/privacy';
import { TextState } from '@mall/shared/texts';
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
import type { WrittenTextEntity } from './written-text.entity.js';
import { WrittenTexts } from './written-texts.js';

const STATES: Readonly<Record<string, string>> = {
  [TextState.Waiting]: '等待确认',
  [TextState.Shown]: '已展示',
  [TextState.Refused]: '没有通过',
  [TextState.Withdrawn]: '已改写',
};

/** What she wrote for others to see, and what became of it. */
@Injectable()
@HoldsPersonalData('texts')
export class TextPersonalData implements PersonalDataPart {
  constructor(private readonly texts: WrittenTexts) {}

  async export(reader: Reader, subject: DataSubject): Promise<DataSection[]> {
    const rows = await reader.query<WrittenTextEntity>(
      `SELECT * FROM written_texts WHERE memberId IN (${marksOf(subject)}) ORDER BY id`,
      subject.entryIds,
    );
    const items = rows.map((row) => ({
      写于: businessTimeText(row.writtenAt),
      昵称: this.texts.textOf(row),
      结果: STATES[row.state] ?? row.state,
      原因: row.reason,
    }));
    return [{ title: '改昵称的记录', items }];
  }

  /** All of it: what a check finds out later finds nothing to show. */
  async erase(tx: Tx, erasure: Erasure): Promise<'done'> {
    await tx.execute(`DELETE FROM written_texts WHERE memberId IN (${marksOf(erasure)})`, erasure.entryIds);
    return 'done';
  }
}
