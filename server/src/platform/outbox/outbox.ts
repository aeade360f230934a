import type { EventPayloads, EventType } from '@mall/shared/events';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../clock/wall-clock.js';
import { isDuplicateKey, RetryTransaction } from '../database/database-errors.js';
import type { Tx } from '../database/tx.js';
import { newId } from '../ids/ids.js';

/** Writes events in the transaction that makes them true (D19: an in-memory event dies with the process). */
@Injectable()
export class Outbox {
  private nudge: (() => void) | null = null;

  constructor(private readonly clock: WallClock) {}

  /**
   * @param streamId what it happened to; events of one stream are handled in the order of their adding
   * @param occurredAt business clock, epoch ms
   */
  async add<T extends EventType>(
    tx: Tx,
    type: T,
    streamId: string,
    occurredAt: number,
    payload: EventPayloads[T],
  ): Promise<void> {
    const now = this.clock.now();
    try {
      // One statement: the position is usually taken under the lock of the row that this transaction already changed.
      await tx.execute(
        `INSERT INTO outbox_events (id, eventType, streamId, streamPosition, payloadJson, occurredAt, recordedAt, state,
           attempts, nextAttemptAt, leaseUntil)
         SELECT ?, ?, ?, COALESCE(MAX(streamPosition), 0) + 1, ?, ?, ?, 'pending', 0, 0, 0
         FROM outbox_events WHERE streamId = ?`,
        [newId('evt'), type, streamId, JSON.stringify(payload), occurredAt, now, streamId],
      );
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      // Another transaction took the position meanwhile; in a new one it can be seen.
      throw new RetryTransaction(`a position of stream ${streamId} was taken by another transaction`);
    }
    tx.afterCommit(() => this.nudge?.());
  }

  /** Events that wait name a thing by its new id from now on: two entries of one person were merged (R2.1). */
  async rename(tx: Tx, member: string, fromId: string, intoId: string): Promise<void> {
    const [from, into] = [fromId, intoId].map((id) => `${JSON.stringify(member)}:${JSON.stringify(id)}`);
    await tx.execute(
      `UPDATE outbox_events SET payloadJson = REPLACE(payloadJson, ?, ?)
       WHERE state = 'pending' AND payloadJson LIKE ?`,
      [from ?? '', into ?? '', `%${from}%`],
    );
  }

  /** The relay asks to be woken after a commit that added events. */
  onAdded(nudge: () => void): void {
    this.nudge = nudge;
  }
}
