import { randomUUID } from 'node:crypto';
import type { EventType } from '@mall/shared/events';
import { Injectable, Logger } from '@nestjs/common';
import { WallClock } from '../clock/wall-clock.js';
import { Database } from '../database/database.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { loggableError } from '../logging/loggable-error.js';
import { EventHandlerRegistry, type NamedHandler, type OutboxEvent } from './event-handler.js';
import { HandledEventEntity } from './handled-event.entity.js';
import type { OutboxEventEntity } from './outbox-event.entity.js';

const LEASE_MS = 60_000;
const BATCH = 50;
const MAX_BACKOFF_MS = 10 * 60_000;

/**
 * Tells pending events to their handlers. Claims by conditional update and lease, not by row lock, since row locks do
 * not span the nodes of a cluster; a relay that dies leaves a lease that runs out.
 */
@Injectable()
export class OutboxRelay {
  private readonly logger = new Logger(OutboxRelay.name);
  private readonly owner = randomUUID();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly registry: EventHandlerRegistry,
    private readonly clock: WallClock,
  ) {}

  /**
   * Handles what is due, wave after wave, since handlers add events. Returns how many events were finished.
   * @param signal aborted at shutdown: no event is begun any more
   */
  async drain(signal?: AbortSignal): Promise<number> {
    let finished = 0;
    for (;;) {
      const wave = await this.runOnce(signal);
      finished += wave;
      if (wave === 0) return finished;
    }
  }

  private async runOnce(signal: AbortSignal | undefined): Promise<number> {
    if (signal?.aborted) return 0;
    const now = this.clock.now();
    // Only the oldest pending event of a stream may run: "received" must not overtake "paid".
    const due = await this.database.query<OutboxEventEntity>(
      `SELECT e.* FROM outbox_events e
       WHERE e.state = 'pending' AND e.nextAttemptAt <= ? AND e.leaseUntil <= ?
         AND NOT EXISTS (SELECT 1 FROM outbox_events p
           WHERE p.streamId = e.streamId AND p.streamPosition < e.streamPosition AND p.state = 'pending')
       ORDER BY e.nextAttemptAt, e.id LIMIT ${BATCH}`,
      [now, now],
    );
    let finished = 0;
    for (const row of due) {
      if (signal?.aborted) break;
      if ((await this.claim(row.id)) && (await this.deliver(row))) finished += 1;
    }
    return finished;
  }

  private async claim(eventId: string): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.unitOfWork.run((tx) =>
      tx.execute(
        `UPDATE outbox_events SET leaseUntil = ?, leaseOwner = ? WHERE id = ? AND state = 'pending' AND leaseUntil <= ?`,
        [now + LEASE_MS, this.owner, eventId, now],
      ),
    );
    return claimed === 1;
  }

  private async deliver(row: OutboxEventEntity): Promise<boolean> {
    const event: OutboxEvent = {
      id: row.id,
      type: row.eventType as EventType,
      streamId: row.streamId,
      occurredAt: row.occurredAt,
      payload: JSON.parse(row.payloadJson),
    };
    try {
      for (const named of this.registry.handlersOf(event.type)) await this.handleOnce(named, event);
      await this.unitOfWork.run((tx) =>
        tx.execute(`UPDATE outbox_events SET state = 'done', lastError = NULL WHERE id = ?`, [row.id]),
      );
      return true;
    } catch (error) {
      await this.postpone(row, error);
      return false;
    }
  }

  private async handleOnce({ name, handler }: NamedHandler, event: OutboxEvent): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      const first = await tx.insertOnce(HandledEventEntity, {
        handlerName: name,
        eventId: event.id,
        handledAt: this.clock.now(),
      });
      if (first) await handler.handle(tx, event);
    });
  }

  private async postpone(row: OutboxEventEntity, error: unknown): Promise<void> {
    const attempts = row.attempts + 1;
    const wait = Math.min(MAX_BACKOFF_MS, 1_000 * 2 ** Math.min(attempts, 12));
    const { type, message } = loggableError(error);
    this.logger.error({
      message: 'an event handler failed',
      eventId: row.id,
      eventType: row.eventType,
      attempts,
      error,
    });
    await this.unitOfWork.run((tx) =>
      tx.execute(
        'UPDATE outbox_events SET attempts = ?, nextAttemptAt = ?, leaseUntil = 0, lastError = ? WHERE id = ?',
        [attempts, this.clock.now() + wait, `${type}: ${message}`.slice(0, 300), row.id],
      ),
    );
  }
}
