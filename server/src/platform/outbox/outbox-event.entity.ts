import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, LongTextColumn, TextColumn } from '../database/columns.js';

/** A fact that was committed with the change that made it, to be told to every handler at least once. */
@Entity('outbox_events')
@Index(['streamId', 'streamPosition'], { unique: true })
@Index(['state', 'nextAttemptAt'])
@Index(['state', 'recordedAt'])
export class OutboxEventEntity {
  @IdColumn()
  id: string;

  @TextColumn(40)
  eventType: string;

  /** What it happened to, e.g. an order id: events of one stream are handled in order. */
  @TextColumn(36)
  streamId: string;

  @CountColumn()
  streamPosition: number;

  @LongTextColumn()
  payloadJson: string;

  /** Business clock. */
  @InstantColumn()
  occurredAt: number;

  /** Wall clock, like the lease columns below. */
  @InstantColumn()
  recordedAt: number;

  /** `pending` or `done` */
  @TextColumn(10)
  state: string;

  @CountColumn()
  attempts: number;

  @InstantColumn()
  nextAttemptAt: number;

  @InstantColumn()
  leaseUntil: number;

  @TextColumn(40, { nullable: true })
  leaseOwner: string | null;

  @TextColumn(300, { nullable: true })
  lastError: string | null;
}
