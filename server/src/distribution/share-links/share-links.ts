import type { SharePlacement } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { ShareLinkEntity } from './share-link.entity.js';

/** What a code can look like: the alphabet of newCode. Anything else is no code of ours. */
export const SHARE_CODE = /^[2-9A-HJKMNP-TV-Z]{8}$/;

/** The page that a link opens, without leading slash: what WeChat wants for a code image. */
export function targetPage(productId: string | null): string {
  return productId === null ? 'pages/home/index' : 'packages/shop/product/index';
}

/** What its page is opened with: the code as `s`. */
export function queryOf({ code, productId }: Pick<ShareLinkEntity, 'code' | 'productId'>): string {
  return productId === null ? `s=${code}` : `id=${encodeURIComponent(productId)}&s=${code}`;
}

/** The path of a share card, with leading slash. */
export function pathOf(link: Pick<ShareLinkEntity, 'code' | 'productId'>): string {
  return `/${targetPage(link.productId)}?${queryOf(link)}`;
}

/** Reads of share links. */
@Injectable()
export class ShareLinks {
  /** Revoked ones too. Null for anything that is no code. */
  async byCode(reader: Reader, code: string): Promise<ShareLinkEntity | null> {
    if (!SHARE_CODE.test(code)) return null;
    return reader.first<ShareLinkEntity>('SELECT * FROM share_links WHERE code = ?', [code]);
  }

  /** A guide's links, newest first, from the id `below` down. */
  async page(reader: Reader, guideId: string, below: string, limit: number): Promise<ShareLinkEntity[]> {
    return reader.query<ShareLinkEntity>(
      `SELECT * FROM share_links WHERE guideId = ? AND id < ? ORDER BY id DESC LIMIT ${limit}`,
      [guideId, below],
    );
  }

  /** How often each link was opened by somebody else than its guide; links never opened are left out. */
  async opens(reader: Reader, linkIds: readonly string[]): Promise<Map<string, number>> {
    if (linkIds.length === 0) return new Map();
    const rows = await reader.query<{ shareLinkId: string; opens: number }>(
      `SELECT shareLinkId, COUNT(*) AS opens FROM touches
       WHERE validity = 'valid' AND shareLinkId IN (${linkIds.map(() => '?').join(', ')}) GROUP BY shareLinkId`,
      linkIds,
    );
    return new Map(rows.map(({ shareLinkId, opens }) => [shareLinkId, opens]));
  }

  /** Share intents (R8) and opens of a guide in [from, to), for her desk. */
  async activity(
    reader: Reader,
    guideId: string,
    from: number,
    to: number,
  ): Promise<{ made: { at: number; placement: SharePlacement }[]; openedAt: number[] }> {
    const made = await reader.query<{ at: number; placement: SharePlacement }>(
      'SELECT at, placement FROM share_intents WHERE guideId = ? AND at >= ? AND at < ?',
      [guideId, from, to],
    );
    const opened = await reader.query<{ occurredAt: number }>(
      `SELECT occurredAt FROM touches WHERE guideId = ? AND occurredAt >= ? AND occurredAt < ? AND validity = 'valid'`,
      [guideId, from, to],
    );
    return { made, openedAt: opened.map(({ occurredAt }) => occurredAt) };
  }
}
