import { Entity } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn } from '../../platform/database/columns.js';

/** R6.3: which paid order was a member's first. The key decides, not a count of orders. */
@Entity('first_paid_orders')
export class FirstPaidOrderEntity {
  @IdColumn()
  memberId: string;

  @RefColumn()
  orderId: string;

  @InstantColumn()
  paidAt: number;
}
