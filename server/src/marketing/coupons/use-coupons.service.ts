import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/tx.js';

export interface CouponLock {
  memberId: string;
  couponIds: readonly string[];
  orderId: string;
  /** Business clock, epoch ms. */
  at: number;
}

/**
 * R6.1: what an order does with coupons. Every step is a conditional update inside the order's transaction, and doing
 * it again changes nothing.
 */
@Injectable()
export class UseCouponsService {
  /**
   * Locks all or says which one could not be locked: used, locked by another order, voided, expired, not yet valid or
   * somebody else's. The caller then throws, which rolls the others back.
   */
  async lock(tx: Tx, { memberId, couponIds, orderId, at }: CouponLock): Promise<string | null> {
    // One order for all, so that two orders with the same two coupons do not wait for each other in a ring.
    for (const couponId of [...new Set(couponIds)].sort()) {
      const matched = await tx.execute(
        `UPDATE coupons SET state = 'locked', lockedByOrderId = ?
         WHERE id = ? AND memberId = ? AND startsAt <= ? AND expiresAt > ?
           AND (state = 'issued' OR (state = 'locked' AND lockedByOrderId = ?))`,
        [orderId, couponId, memberId, at, at, orderId],
      );
      if (matched !== 1) return couponId;
    }
    return null;
  }

  /** The order is paid. A coupon that expired since it was locked is still redeemed: the order was placed in time. */
  async redeem(tx: Tx, orderId: string, at: number): Promise<void> {
    await tx.execute(
      `UPDATE coupons SET state = 'redeemed', redeemedAt = ? WHERE lockedByOrderId = ? AND state = 'locked'`,
      [at, orderId],
    );
  }

  /** The order was cancelled unpaid. What expired meanwhile stays expired; what was voided meanwhile is void now. */
  async release(tx: Tx, orderId: string): Promise<void> {
    await tx.execute(
      `UPDATE coupons SET state = CASE WHEN voidedAt IS NULL THEN 'issued' ELSE 'voided' END, lockedByOrderId = NULL
       WHERE lockedByOrderId = ? AND state = 'locked'`,
      [orderId],
    );
  }
}
