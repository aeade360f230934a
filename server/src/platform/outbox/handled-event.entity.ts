import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** Proof that a handler has handled an event: written in the handler's own transaction, so it happens once. */
@Entity('outbox_handled')
@Index(['eventId'])
export class HandledEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 80 })
  handlerName: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  eventId: string;

  @InstantColumn()
  handledAt: number;
}
