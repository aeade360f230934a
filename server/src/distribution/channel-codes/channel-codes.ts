import type { CodeTarget, CodeTargetKind } from '@mall/shared/codes';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { ChannelCodeEntity } from './channel-code.entity.js';
import type { ChannelCodeGuideEntity } from './channel-code-guide.entity.js';

/** The alphabet of newCode, one character shorter than a share link's code. */
export const CHANNEL_CODE = /^[2-9A-HJKMNP-TV-Z]{7}$/;
export const CHANNEL_CODE_LENGTH = 7;

/** Every print opens home, which asks the server where the code leads now: a printed page could not change. */
export const CHANNEL_CODE_PAGE = 'pages/home/index';

export function targetOf(row: Pick<ChannelCodeEntity, 'targetKind' | 'targetId'>): CodeTarget {
  return { kind: row.targetKind as CodeTargetKind, id: row.targetId };
}

/** Reads of HQ's codes. */
@Injectable()
export class ChannelCodes {
  async find(reader: Reader, id: string): Promise<ChannelCodeEntity | null> {
    return reader.first<ChannelCodeEntity>('SELECT * FROM channel_codes WHERE id = ?', [id]);
  }

  /** Revoked ones too. Null for anything that is no code. */
  async byCode(reader: Reader, code: string): Promise<ChannelCodeEntity | null> {
    if (!CHANNEL_CODE.test(code)) return null;
    return reader.first<ChannelCodeEntity>('SELECT * FROM channel_codes WHERE code = ?', [code]);
  }

  /** Newest first, from the id `below` down; of one store, or of all. */
  async page(
    reader: Reader,
    { below, limit, storeId }: { below: string; limit: number; storeId: string | null },
  ): Promise<ChannelCodeEntity[]> {
    return reader.query<ChannelCodeEntity>(
      `SELECT * FROM channel_codes WHERE id < ? ${storeId === null ? '' : 'AND storeId = ?'}
       ORDER BY id DESC LIMIT ${limit}`,
      storeId === null ? [below] : [below, storeId],
    );
  }

  /** How many visitors meet each guide behind each of these codes. */
  async met(reader: Reader, codeIds: readonly string[]): Promise<Map<string, number>> {
    if (codeIds.length === 0) return new Map();
    const rows = await reader.query<{ channelCodeId: string; guideId: string; n: number }>(
      `SELECT channelCodeId, guideId, COUNT(*) AS n FROM channel_assignments
       WHERE channelCodeId IN (${codeIds.map(() => '?').join(', ')}) GROUP BY channelCodeId, guideId`,
      codeIds,
    );
    return new Map(rows.map(({ channelCodeId, guideId, n }) => [`${channelCodeId} ${guideId}`, Number(n)]));
  }

  /** The lists of these codes, each in its order. */
  async lists(reader: Reader, codeIds: readonly string[]): Promise<ChannelCodeGuideEntity[]> {
    if (codeIds.length === 0) return [];
    return reader.query<ChannelCodeGuideEntity>(
      `SELECT * FROM channel_code_guides WHERE channelCodeId IN (${codeIds.map(() => '?').join(', ')})
       ORDER BY channelCodeId, position`,
      codeIds,
    );
  }
}
