import type { UrlLink } from '@mall/shared/codes';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { MOST_LINK_DAYS } from '../../wechat/wechat.public.js';
import { UrlLinks } from '../url-links/url-links.public.js';
import { queryOf, ShareLinks, targetPage } from './share-links.js';

/** A share link as an https address, for text messages and other apps. It counts like the link itself (R2.2). */
@Injectable()
export class LinkShareLink {
  constructor(
    private readonly links: ShareLinks,
    private readonly urlLinks: UrlLinks,
    private readonly database: Database,
  ) {}

  /** Throws 404 for another guide's or a revoked link, 503 while WeChat makes none. */
  async execute(guideId: string, code: string, days: number = MOST_LINK_DAYS): Promise<UrlLink> {
    const link = await this.links.byCode(this.database, code);
    if (link === null || link.guideId !== guideId || link.revokedAt !== null) throw notFound();
    return this.urlLinks.obtain({ ownerId: link.id, page: targetPage(link.productId), query: queryOf(link), days });
  }
}
