import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';
import { CouponSourceOrderEntity } from './coupon-source-order.entity.js';

/** R6.3: a fully refunded order leaves no unused coupon behind, and earns none from then on. */
@Injectable()
export class VoidCouponsService {
  /** Used coupons stay used; one that an unpaid order holds turns void when that order lets go of it. */
  async execute(tx: Tx, sourceOrderId: string, at: number): Promise<void> {
    await tx.insertOnce(CouponSourceOrderEntity, { orderId: sourceOrderId, issues: 0, refundedAt: null });
    await tx.execute('UPDATE coupon_source_orders SET refundedAt = ? WHERE orderId = ? AND refundedAt IS NULL', [
      at,
      sourceOrderId,
    ]);
    await tx.execute(
      `UPDATE coupons SET voidedAt = ?, state = CASE WHEN state = 'issued' THEN 'voided' ELSE state END
       WHERE sourceOrderId = ? AND state IN ('issued', 'locked') AND voidedAt IS NULL`,
      [at, sourceOrderId],
    );
  }
}
