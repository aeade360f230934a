import { Entity } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn } from '../../platform/database/columns.js';

/**
 * R6.3: an order that earns coupons. Issuing and voiding both update its row, so one waits for the other: a refund
 * that is learned before the receipt still leaves no coupon behind.
 */
@Entity('coupon_source_orders')
export class CouponSourceOrderEntity {
  @IdColumn()
  orderId: string;

  /** Raised by each issue. */
  @CountColumn()
  issues: number;

  /** When it was fully refunded; it earns nothing from then on. */
  @InstantColumn({ nullable: true })
  refundedAt: number | null;
}
