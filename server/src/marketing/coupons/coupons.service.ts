import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import { CouponsQueries } from './coupons.queries.js';
import type { Freight } from './domain/choose-coupons.js';
import { type CouponLine, couponOffer, type HeldCoupon, reachesThreshold } from './domain/coupon-offer.js';
import { type CouponPricing, priceWithCoupons } from './domain/price-with-coupons.js';
import { type CouponLock, UseCouponsService } from './use-coupons.service.js';

/** A coupon that an order holds or has used. */
export interface UsedCoupon {
  couponId: string;
  templateId: string;
  name: string;
  sourceGuideId: string | null;
  /** Positions of the lines that it discounted: the guide is a candidate of R3.2b for these and no others. */
  lineIndexes: number[];
}

/** What quotes and orders ask of coupons. Writing steps run in the caller's transaction and may be repeated. */
@Injectable()
export class Coupons {
  constructor(
    private readonly queries: CouponsQueries,
    private readonly uses: UseCouponsService,
  ) {}

  /** What the member may use at `at`, and what is locked by an order of hers, the soonest to expire first. */
  usable(reader: Reader, memberId: string, at: number): Promise<HeldCoupon[]> {
    return this.queries.held(reader, memberId, at);
  }

  /**
   * R6.2; pure. `chosenIds` undefined: the best legal set; empty: none. A gift coupon without its `gift`, the look at
   * the shelf, does not apply.
   */
  price(
    coupons: readonly HeldCoupon[],
    lines: readonly CouponLine[],
    freight: Freight,
    at: number,
    chosenIds?: readonly string[],
  ): CouponPricing {
    return priceWithCoupons(coupons, lines, freight, at, chosenIds);
  }

  /** Null when all are locked for the order, else the id that could not be: throw, so that all is rolled back. */
  lock(tx: Tx, lock: CouponLock): Promise<string | null> {
    return this.uses.lock(tx, lock);
  }

  /** When the order is paid. */
  redeem(tx: Tx, orderId: string, at: number): Promise<void> {
    return this.uses.redeem(tx, orderId, at);
  }

  /** When the order is cancelled. */
  release(tx: Tx, orderId: string): Promise<void> {
    return this.uses.release(tx, orderId);
  }

  /** R6.6: whether the goods that she keeps still earn the gift of a coupon that her order used. */
  async earnsGift(reader: Reader, orderId: string, couponId: string, kept: readonly CouponLine[]): Promise<boolean> {
    const coupon = (await this.queries.ofOrder(reader, orderId)).find(({ id }) => id === couponId);
    if (coupon === undefined) throw new Error(`coupon ${couponId} is not of order ${orderId}`);
    return reachesThreshold(coupon, kept);
  }

  /**
   * R3.2b: the coupons that the order holds or has used, with the lines that each discounted.
   *
   * @param lines the order's lines, as they were priced
   */
  async usedOn(reader: Reader, orderId: string, lines: readonly CouponLine[]): Promise<UsedCoupon[]> {
    const coupons = await this.queries.ofOrder(reader, orderId);
    return coupons.map((coupon) => {
      // The order has it already: only its terms count now.
      const offer = couponOffer({ ...coupon, state: 'issued' }, lines, null, coupon.startsAt);
      return {
        couponId: coupon.id,
        templateId: coupon.templateId,
        name: coupon.name,
        sourceGuideId: coupon.sourceGuideId,
        lineIndexes: offer.perLineFen.flatMap((part, index) => (part > 0 ? [index] : [])),
      };
    });
  }
}
