import type { Page } from '@mall/shared/paging';
import {
  type HqText,
  type HqTextCounts,
  type MyNickname,
  type TextCause,
  TextKind,
  TextState,
} from '@mall/shared/texts';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import { Members } from '../members/members.public.js';
import type { WrittenTextEntity } from './written-text.entity.js';
import { WrittenTexts } from './written-texts.js';

interface Counted {
  state: TextState;
  waitingFor: string | null;
  cause: TextCause | null;
  number: number;
  oldest: number;
}

/** What became of texts: for who wrote them, and for HQ. */
@Injectable()
export class TextQueries {
  constructor(
    private readonly database: Database,
    private readonly texts: WrittenTexts,
    private readonly members: Members,
    private readonly clock: BusinessClock,
  ) {}

  async nickname(memberId: string): Promise<MyNickname> {
    const member = await this.members.find(this.database, memberId);
    if (member === null) throw notFound();
    const latest = await this.texts.latest(this.database, { kind: TextKind.Nickname, memberId });
    const text = latest === null ? null : this.texts.textOf(latest);
    if (latest === null || text === null) return { shown: member.nickname, waiting: null, refused: null };
    const { state, writtenAt: since, decidedAt, reason } = latest;
    return {
      shown: member.nickname,
      waiting: state === TextState.Waiting ? { text, since } : null,
      refused: state === TextState.Refused ? { text, at: decidedAt ?? since, reason: reason ?? '' } : null,
    };
  }

  /** Oldest first: what has waited longest comes first. */
  async page({ state, cursor, limit }: { state: TextState; cursor?: string; limit: number }): Promise<Page<HqText>> {
    const rows = await this.database.query<WrittenTextEntity>(
      `SELECT * FROM written_texts WHERE state = ? AND id > ? ORDER BY id LIMIT ${limit + 1}`,
      [state, cursor ?? ''],
    );
    return pageOf(rows, limit, (row) => this.toWire(row));
  }

  async one(id: string): Promise<HqText> {
    const row = await this.texts.find(this.database, id);
    if (row === null) throw notFound();
    return this.toWire(row);
  }

  async counts(): Promise<HqTextCounts> {
    const rows = await this.database.query<Counted>(
      `SELECT state, waitingFor, cause, COUNT(*) AS number, MIN(writtenAt) AS oldest FROM written_texts
       GROUP BY state, waitingFor, cause`,
    );
    const sum = (fits: (row: Counted) => boolean): number =>
      rows.filter(fits).reduce((total, { number }) => total + Number(number), 0);
    const waiting = rows.filter(({ state }) => state === TextState.Waiting);
    const causes: Partial<Record<TextCause, number>> = {};
    for (const { waitingFor, cause, number } of waiting) {
      if (waitingFor === 'hq' && cause !== null) causes[cause] = Number(number);
    }
    return {
      waitingForCheck: sum(({ waitingFor }) => waitingFor === 'check'),
      waitingForHq: sum(({ waitingFor }) => waitingFor === 'hq'),
      oldestWaitingAt: waiting.length === 0 ? null : Math.min(...waiting.map(({ oldest }) => Number(oldest))),
      shown: sum(({ state }) => state === TextState.Shown),
      refused: sum(({ state }) => state === TextState.Refused),
      causes,
    };
  }

  private toWire(row: WrittenTextEntity): HqText {
    const { id, kind, memberId, state, waitingFor, cause, label, tries, writtenAt } = row;
    return {
      id,
      kind: kind as TextKind,
      memberId,
      text: this.texts.textOf(row),
      state: state as TextState,
      waitingFor: waitingFor as HqText['waitingFor'],
      cause: cause as TextCause | null,
      label,
      tries,
      writtenAt,
      waitingMs: state === TextState.Waiting ? Math.max(0, this.clock.now() - writtenAt) : null,
      decidedAt: row.decidedAt,
      decidedBy: row.decidedBy,
      reason: row.reason,
    };
  }
}
