import { OrderState } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import type { WechatReceiptChecked } from '@mall/shared/shipping';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../platform/http/problem.js';
import { OrderQueries } from '../orders/orders.public.js';
import { CheckReceipt } from './check-receipt.service.js';
import { ShippingQueries } from './shipping.queries.js';

/** She comes back from WeChat's receipt page. What the phone says of it proves nothing: WeChat is asked (R5.2). */
@Injectable()
export class AskForReceipt {
  constructor(
    private readonly orders: OrderQueries,
    private readonly queries: ShippingQueries,
    private readonly check: CheckReceipt,
  ) {}

  /** Throws 404 for somebody else's order, 503 when WeChat does not answer. */
  async execute(memberId: string, orderId: string): Promise<WechatReceiptChecked> {
    const order = await this.orders.requireOwn(memberId, orderId);
    if (order.receivedAt !== null) return { received: true };
    const upload = await this.queries.ofOrder(orderId);
    const waits = order.state === OrderState.Shipped || order.state === OrderState.ReadyForPickup;
    if (upload === null || !waits) return { received: false };
    const found = await this.check.execute(upload);
    if (found === 'unknown') {
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '暂时查询不到微信的收货结果，请稍后再看' });
    }
    return { received: found === 'received' };
  }
}
