import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, RefColumn } from '../../platform/database/columns.js';

/** A refund under way: until it ends, nothing of its order becomes available (R5.2). */
@Entity('commission_holds')
@Index(['orderId'])
export class CommissionHoldEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  refundId: string;

  @RefColumn()
  orderId: string;

  @InstantColumn()
  since: number;
}
