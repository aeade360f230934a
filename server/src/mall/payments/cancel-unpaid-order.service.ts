import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { WechatPayClient } from '../../wechat/wechat.public.js';
import { type CancelCause, MoveOrder } from '../orders/orders.public.js';
import { type CheckedState, CheckPayment } from './check-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

/** `cancelled`; `paid`: it was paid after all; `unknown`: WeChat gave no answer, so nothing was decided. */
export type Cancellation = 'cancelled' | 'paid' | 'unknown';

/** After a close: nobody has paid, and nobody can any more. */
const CERTAINLY_UNPAID: readonly CheckedState[] = ['CLOSED', 'REVOKED', 'PAYERROR', 'absent'];

/**
 * R7.1: closes the payment at WeChat, then asks: only what is certainly unpaid is cancelled. A customer who pays in
 * the last second has a paid order, not a cancelled one (C19).
 */
@Injectable()
export class CancelUnpaidOrder {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly clock: BusinessClock,
    private readonly pay: WechatPayClient,
    private readonly check: CheckPayment,
    private readonly moveOrder: MoveOrder,
  ) {}

  /** Throws 409 naming the state when the order is not waiting for payment. */
  async execute(orderId: string, cause: CancelCause): Promise<Cancellation> {
    const payment = await this.database.first<PaymentEntity>('SELECT * FROM payments WHERE orderId = ?', [orderId]);
    if (payment?.state === 'open') {
      // Whatever the close answers, the query decides; it also marks the payment closed when WeChat says so. One that
      // WeChat has not heard of stays open and is asked about again: its prepay may still be on the way.
      await this.pay.close(payment.outTradeNo);
      const state = await this.check.execute(payment, { ofJob: true });
      if (state === 'SUCCESS' || state === 'REFUND') return 'paid';
      if (!CERTAINLY_UNPAID.includes(state)) return 'unknown';
    }
    await this.unitOfWork.run((tx) => this.moveOrder.cancel(tx, orderId, cause, this.clock.now()));
    return 'cancelled';
  }
}
