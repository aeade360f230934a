import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/columns.js';

/** An event of WeCom that was taken, by the hash of what makes it the same event: it is taken once. */
@Entity('wecom_events')
export class WecomEventEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  eventHash: string;

  /** Wall clock. */
  @InstantColumn()
  receivedAt: number;
}
