import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { Coupons } from '../../marketing/coupons/coupons.public.js';
import type { Tx } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import type { PricedOrder } from '../quotes/quotes.public.js';
import { Stock } from '../stock/stock.public.js';

export interface Reservation {
  orderId: string;
  memberId: string;
  priced: PricedOrder;
  at: number;
}

/** Takes what an order needs before it is written: pieces from the shelf, and the coupons that it uses (R7.1). */
@Injectable()
export class ReserveForOrder {
  constructor(
    private readonly stock: Stock,
    private readonly coupons: Coupons,
  ) {}

  /** Throws 409 naming the SKU that lacks or the coupon that is gone; the transaction then gives all back. */
  async execute(tx: Tx, { orderId, memberId, priced, at }: Reservation): Promise<void> {
    const lines = priced.lines.map(({ item, quantity }) => ({ skuId: item.skuId, quantity }));
    const short = await this.stock.reserve(tx, lines);
    if (short !== null) throw this.shortage(priced, short);
    const couponIds = priced.pricing.appliedCouponIds;
    const lost = await this.coupons.lock(tx, { memberId, couponIds, orderId, at });
    if (lost !== null) {
      throw new ProblemError(ProblemType.CouponNotApplicable, { detail: '优惠券已被使用或已失效', couponId: lost });
    }
  }

  private shortage(priced: PricedOrder, { skuId, available }: { skuId: string; available: number }): ProblemError {
    const title = priced.lines.find(({ item }) => item.skuId === skuId)?.item.title ?? '';
    const detail = available === 0 ? `${title} 已售罄` : `${title} 仅剩 ${available} 件`;
    return new ProblemError(ProblemType.StockInsufficient, { detail, skuId, available });
  }
}
