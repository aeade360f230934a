import type { PlaceOrderRequest } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { Idempotency, type IdempotentCall } from '../../platform/http/idempotency.js';
import { validationProblem } from '../../platform/http/problem.filter.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { type PricedOrder, PriceOrder, toQuote } from '../quotes/quotes.public.js';
import { ReserveForOrder } from './reserve-for-order.service.js';
import { WriteOrder } from './write-order.service.js';

export interface Placement {
  memberId: string;
  request: PlaceOrderRequest;
  idempotencyKey: string;
}

/**
 * Places an order: price agreed, stock reserved, coupons locked, attribution and rates frozen, all in one transaction
 * (R3.1, R7.1). Same key and body: the same order (R7.2).
 */
@Injectable()
export class PlaceOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly idempotency: Idempotency,
    private readonly priceOrder: PriceOrder,
    private readonly reserve: ReserveForOrder,
    private readonly writeOrder: WriteOrder,
  ) {}

  /** Returns the order's id. */
  async execute({ memberId, request, idempotencyKey }: Placement): Promise<string> {
    const call: IdempotentCall = { actorId: memberId, operation: 'place-order', key: idempotencyKey, body: request };
    return this.unitOfWork.run(async (tx) => {
      const orderId = newId('ord');
      const earlier = await this.idempotency.claim(tx, call, orderId);
      if (earlier !== null) return earlier;
      await this.place(tx, orderId, memberId, request);
      return orderId;
    });
  }

  private async place(tx: Tx, orderId: string, memberId: string, request: PlaceOrderRequest): Promise<void> {
    const at = this.clock.now();
    const { lines, couponIds } = request;
    const [addressId, pickupStoreId] = [request.addressId ?? null, request.pickupStoreId ?? null];
    if (addressId === null && pickupStoreId === null) {
      throw validationProblem([{ path: 'addressId', message: '请选择收货地址或自提门店' }]);
    }
    const priced = await this.priceOrder.execute(tx, { memberId, lines, addressId, pickupStoreId, couponIds, at });
    this.refuseStale(priced, request);
    await this.reserve.execute(tx, { orderId, memberId, priced, at });
    await this.writeOrder.execute(tx, { orderId, memberId, priced, remark: request.remark ?? null, at });
  }

  /** R7.4: never a silent other price. The new quote goes with the refusal. */
  private refuseStale(priced: PricedOrder, request: PlaceOrderRequest): void {
    const { refused } = priced.pricing;
    if (refused !== undefined) {
      throw new ProblemError(ProblemType.CouponNotApplicable, {
        detail: refused.reason,
        couponId: refused.couponId,
        quote: toQuote(priced),
      });
    }
    if (priced.quoteHash !== request.quoteHash) {
      throw new ProblemError(ProblemType.QuoteStale, { detail: '价格已更新，请确认后再提交', quote: toQuote(priced) });
    }
  }
}
