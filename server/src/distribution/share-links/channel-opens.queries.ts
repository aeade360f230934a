import type { ChannelOpens } from '@mall/shared/codes';
import { Injectable } from '@nestjs/common';
import { businessDay, DAY_MS } from '../../platform/clock/business-day.js';
import { Database } from '../../platform/database/database.js';

/** 00:00 Asia/Shanghai is 16:00 UTC of the day before: the remainder that takes an instant back to its midnight. */
const SINCE_MIDNIGHT = `((t.occurredAt + 28800000) % ${DAY_MS})`;

/** How often a code of HQ's was opened, when, how, and whom the visitors met. */
@Injectable()
export class ChannelOpensQueries {
  constructor(private readonly database: Database) {}

  /** Valid arrivals in [from, to), business clock. */
  async of(channelCodeId: string, from: number, to: number): Promise<ChannelOpens> {
    const where = "t.channelCodeId = ? AND t.validity = 'valid' AND t.occurredAt >= ? AND t.occurredAt < ?";
    const ask = <Row>(columns: string, rest: string): Promise<Row[]> =>
      this.database.query<Row>(`SELECT ${columns} FROM touches t WHERE ${where} ${rest}`, [channelCodeId, from, to]);
    const counts = 'COUNT(*) AS opens, COUNT(DISTINCT t.memberId) AS visitors';
    const [all] = await ask<{ opens: number; visitors: number }>(counts, '');
    const days = await ask<{ midnight: number; opens: number }>(
      `t.occurredAt - ${SINCE_MIDNIGHT} AS midnight, COUNT(*) AS opens`,
      `GROUP BY t.occurredAt - ${SINCE_MIDNIGHT} ORDER BY midnight`,
    );
    const byScene = await ask<{ scene: number; opens: number }>(
      't.scene, COUNT(*) AS opens',
      'GROUP BY t.scene ORDER BY opens DESC, t.scene',
    );
    const byGuide = await ask<{ guideId: string | null; opens: number; visitors: number }>(
      `t.guideId, ${counts}`,
      'GROUP BY t.guideId ORDER BY opens DESC, t.guideId',
    );
    return {
      opens: Number(all?.opens ?? 0),
      visitors: Number(all?.visitors ?? 0),
      byDay: days.map(({ midnight, opens }) => ({ day: businessDay(Number(midnight)), opens: Number(opens) })),
      byScene: byScene.map(({ scene, opens }) => ({ scene, opens: Number(opens) })),
      byGuide: byGuide.map(({ guideId, opens, visitors }) => {
        return { guideId, opens: Number(opens), visitors: Number(visitors) };
      }),
    };
  }
}
