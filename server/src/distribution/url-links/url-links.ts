import type { UrlLink } from '@mall/shared/codes';
import { ProblemType } from '@mall/shared/problems';
import { Injectable, Logger } from '@nestjs/common';
import { SharedCalls } from '../../platform/calls/shared-calls.js';
import { DAY_MS, MINUTE_MS } from '../../platform/clock/business-day.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type LinkRefusal, WechatLinkClient } from '../../wechat/wechat.public.js';
import { UrlLinkEntity } from './url-link.entity.js';

export interface UrlLinkWish {
  /** The share link or channel code that it opens. */
  ownerId: string;
  page: string;
  query: string;
  /** 1 to 30. */
  days: number;
}

/** WeChat counts the days from when it made the link, which is a little after we asked. */
const CLOCKS_DIFFER_MS = 5 * MINUTE_MS;

const WORDS: Partial<Record<LinkRefusal, string>> = {
  unreleased: '小程序还没有发布，暂时不能生成链接',
  not_permitted: '这个小程序没有生成链接的权限，请联系总部',
};

/**
 * URL Links, for text messages and every other place outside of WeChat. Nothing is stored before WeChat is asked: a
 * link that was made and whose answer was lost opens the same code, costs one of a day's 500,000 and harms nobody.
 */
@Injectable()
export class UrlLinks {
  private readonly logger = new Logger(UrlLinks.name);
  private readonly calls = new SharedCalls<UrlLink>();

  constructor(
    private readonly wechat: WechatLinkClient,
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly clock: WallClock,
  ) {}

  /**
   * The link that is kept for the owner if it lasts at least half of the days that are asked for, else a new one.
   * Throws 503 while WeChat makes none.
   */
  obtain(wish: UrlLinkWish): Promise<UrlLink> {
    return this.calls.run(`${wish.ownerId} ${wish.days}`, () => this.keptOrNew(wish));
  }

  private async keptOrNew(wish: UrlLinkWish): Promise<UrlLink> {
    const newest = await this.newest(this.database, wish.ownerId);
    if (newest !== null && newest.expiresAt - this.clock.now() >= (wish.days * DAY_MS) / 2) return toWire(newest);
    return this.make(wish, newest?.serial ?? 0);
  }

  private async make({ ownerId, days, ...target }: UrlLinkWish, lastSerial: number): Promise<UrlLink> {
    const createdAt = this.clock.now();
    const answer = await this.wechat.urlLink({ ...target, days });
    if (answer.outcome !== 'ok') {
      const { outcome, reason } = answer;
      const code = outcome === 'refused' ? answer.code : answer.errcode;
      this.logger.warn({ message: 'WeChat made no URL link', outcome, reason, code });
      const words = outcome === 'refused' ? WORDS[reason] : undefined;
      const detail = words ?? '链接暂时无法生成，请稍后再试';
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail });
    }
    const expiresAt = createdAt + days * DAY_MS - CLOCKS_DIFFER_MS;
    const row = { id: newId('url'), ownerId, serial: lastSerial + 1, url: answer.value, createdAt, expiresAt };
    return this.unitOfWork.run(async (tx) => {
      if (await tx.insertOnce(UrlLinkEntity, row)) return toWire(row);
      // Another process was faster; its link is as good, unless it was made for fewer days.
      const kept = await this.newest(tx, ownerId);
      return kept !== null && kept.expiresAt >= expiresAt - DAY_MS ? toWire(kept) : toWire(row);
    });
  }

  private newest(reader: Reader, ownerId: string): Promise<UrlLinkEntity | null> {
    return reader.first<UrlLinkEntity>('SELECT * FROM url_links WHERE ownerId = ? ORDER BY serial DESC LIMIT 1', [
      ownerId,
    ]);
  }
}

function toWire({ url, expiresAt }: Pick<UrlLinkEntity, 'url' | 'expiresAt'>): UrlLink {
  return { url, expiresAt };
}
