import type { SharePlacement } from '@mall/shared/guides';
import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { ShareIntentEntity } from './share-intent.entity.js';

/**
 * R8: what guides make ready to share. WeChat reports no completed share, so cards, posters, codes and links made are
 * counted, each time anew. Nothing here is ever paid for.
 */
@Injectable()
export class ShareActivity {
  async record(
    tx: Tx,
    { guideId, linkId, placement, at }: { guideId: string; linkId: string; placement: SharePlacement; at: number },
  ): Promise<void> {
    await tx.insert(ShareIntentEntity, { id: newId('shi'), guideId, linkId, placement, at });
  }

  /** How many share intents a guide had after `after` (business clock) and not later than `until`. */
  async intentsSince(reader: Reader, guideId: string, after: number, until: number): Promise<number> {
    const row = await reader.first<{ n: number }>(
      'SELECT COUNT(*) AS n FROM share_intents WHERE guideId = ? AND at > ? AND at <= ?',
      [guideId, after, until],
    );
    return Number(row?.n ?? 0);
  }

  /** Guides with at least `least` share intents after `after`, by id; those after the id `above`, `limit` at most. */
  async busiestSince(
    reader: Reader,
    { after, least, above, limit }: { after: number; least: number; above: string; limit: number },
  ): Promise<string[]> {
    const rows = await reader.query<{ guideId: string }>(
      `SELECT guideId FROM share_intents WHERE at > ? AND guideId > ?
       GROUP BY guideId HAVING COUNT(*) >= ? ORDER BY guideId LIMIT ${limit}`,
      [after, above, least],
    );
    return rows.map(({ guideId }) => guideId);
  }
}
