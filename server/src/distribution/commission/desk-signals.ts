import type { GuideDesk } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { CoachingQueries } from '../coaching/coaching.public.js';
import { GuideNotices } from '../notices/notices.public.js';

/** What the desk says besides money: unread notices, and advice when she shares much and sells nothing (R8). */
@Injectable()
export class DeskSignals {
  constructor(
    private readonly notices: GuideNotices,
    private readonly coaching: CoachingQueries,
  ) {}

  async of(reader: Reader, guideId: string, now: number): Promise<Pick<GuideDesk, 'unreadNotices' | 'coaching'>> {
    return {
      unreadNotices: await this.notices.countUnread(reader, guideId),
      coaching: await this.coaching.of(reader, guideId, now),
    };
  }
}
