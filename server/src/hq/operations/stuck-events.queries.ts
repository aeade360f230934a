import type { StuckEvent } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import type { OutboxEventEntity } from '../../platform/outbox/outbox-event.entity.js';

/** From the third failure on somebody should look: the first ones are often a busy database. */
const STUCK_ATTEMPTS = 3;
const MOST = 100;

/** Events that no handler could handle so far. Without their payload, which holds what customers did. */
@Injectable()
export class StuckEvents {
  constructor(
    private readonly database: Database,
    private readonly clock: WallClock,
  ) {}

  /** The hundred oldest. */
  async list(): Promise<StuckEvent[]> {
    const rows = await this.database.query<OutboxEventEntity>(
      `SELECT * FROM outbox_events WHERE state = 'pending' AND attempts >= ${STUCK_ATTEMPTS} ORDER BY id LIMIT ${MOST}`,
    );
    const now = this.clock.now();
    return rows.map(({ id, eventType, streamId, attempts, recordedAt, nextAttemptAt, lastError }) => ({
      id,
      type: eventType,
      streamId,
      attempts,
      ageMs: now - recordedAt,
      nextAttemptAt,
      lastError,
    }));
  }
}
