import type { GuideNotice, GuideNoticeKind } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { newId } from '../../platform/ids/ids.js';
import { GuideNoticeEntity } from './guide-notice.entity.js';

/** Rows a statement: far below the engines' limits on parameters. */
const CHUNK = 200;

export interface NoticeDraft {
  guideId: string;
  kind: GuideNoticeKind;
  subjectId: string;
  /** ≤ 60 characters. */
  title: string;
  /** ≤ 300 characters. */
  body: string;
  /** Business clock. */
  at: number;
}

/** What a guide should know, waiting at her desk: nothing here buzzes a phone. */
@Injectable()
export class GuideNotices {
  /** Once for each guide, kind and subject. */
  async put(tx: Tx, { guideId, kind, subjectId, title, body, at }: NoticeDraft): Promise<void> {
    const id = newId('gnt');
    await tx.insertOnce(GuideNoticeEntity, {
      id,
      guideId,
      noticeKind: kind,
      subjectId,
      title,
      body,
      createdAt: at,
      readAt: null,
    });
  }

  /** The same for many guides in few statements; those who have it already are left out. */
  async putAll(tx: Tx, guideIds: readonly string[], notice: Omit<NoticeDraft, 'guideId'>): Promise<void> {
    const { kind, subjectId, title, body, at } = notice;
    for (let start = 0; start < guideIds.length; start += CHUNK) {
      const ids = guideIds.slice(start, start + CHUNK);
      const told = await tx.query<{ guideId: string }>(
        `SELECT guideId FROM guide_notices WHERE noticeKind = ? AND subjectId = ?
           AND guideId IN (${ids.map(() => '?').join(', ')})`,
        [kind, subjectId, ...ids],
      );
      const known = new Set(told.map(({ guideId }) => guideId));
      const rows = ids
        .filter((guideId) => !known.has(guideId))
        .map((guideId) => {
          const shown = { subjectId, title, body, createdAt: at, readAt: null };
          return { id: newId('gnt'), guideId, noticeKind: kind, ...shown };
        });
      await tx.insert(GuideNoticeEntity, rows);
    }
  }

  /** Newest first. */
  async page(
    reader: Reader,
    guideId: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<Page<GuideNotice>> {
    const rows = await reader.query<GuideNoticeEntity>(
      `SELECT * FROM guide_notices WHERE guideId = ? AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
      [guideId, cursor ?? NEWEST],
    );
    return pageOf(rows, limit, toNotice);
  }

  async countUnread(reader: Reader, guideId: string): Promise<number> {
    const row = await reader.first<{ n: number }>(
      'SELECT COUNT(*) AS n FROM guide_notices WHERE guideId = ? AND readAt IS NULL',
      [guideId],
    );
    return Number(row?.n ?? 0);
  }

  async markRead(tx: Tx, guideId: string, at: number): Promise<void> {
    await tx.execute('UPDATE guide_notices SET readAt = ? WHERE guideId = ? AND readAt IS NULL', [at, guideId]);
  }
}

function toNotice(row: GuideNoticeEntity): GuideNotice {
  const { id, noticeKind, subjectId, title, body, createdAt, readAt } = row;
  return { id, kind: noticeKind as GuideNoticeKind, subjectId, title, body, createdAt, readAt };
}
