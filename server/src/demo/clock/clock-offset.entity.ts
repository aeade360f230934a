import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../platform/database/columns.js';

/** How far the demo's business clock runs ahead, so that a restart does not turn it back. One row. */
@Entity('demo_clock')
export class ClockOffsetEntity {
  @PrimaryColumn({ type: 'varchar', length: 10 })
  id: string;

  @InstantColumn()
  offsetMs: number;
}
