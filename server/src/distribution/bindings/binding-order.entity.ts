import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, RefColumn } from '../../platform/database/columns.js';

/** A paid order that belongs to a binding: it holds the protection while open, and renews the binding at its end. */
@Entity('binding_orders')
@Index(['bindingId'])
@Index(['guideId', 'memberId'])
@Index(['relationId'])
export class BindingOrderEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderId: string;

  @RefColumn()
  bindingId: string;

  /** The first row of that binding's relation: a renewal carries what earlier rows held. */
  @RefColumn()
  relationId: string;

  @RefColumn()
  memberId: string;

  @RefColumn()
  guideId: string;

  /**
   * When the order was created; for one that held a binding which a merge closed in favour of another with the same
   * guide (R2.1), when it came over. Business clock, as are the others.
   */
  @InstantColumn()
  orderedAt: number;

  @InstantColumn()
  paidAt: number;

  /** Completed or fully refunded. */
  @InstantColumn({ nullable: true })
  endedAt: number | null;
}
