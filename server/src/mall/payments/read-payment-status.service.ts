import { OrderState, type PaymentStatus } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { OrderQueries } from '../orders/orders.public.js';
import { CheckPayment } from './check-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

/** A page that polls makes us ask WeChat this often at most. */
const ASK_EVERY_MS = 2_000;

/** Whether an order is paid, for the customer who waits for it: asks WeChat when no notice has come (R7.5). */
@Injectable()
export class ReadPaymentStatus {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly orders: OrderQueries,
    private readonly check: CheckPayment,
    private readonly clock: WallClock,
  ) {}

  async execute(memberId: string, orderId: string): Promise<PaymentStatus> {
    const order = await this.orders.requireOwn(memberId, orderId);
    if (order.state === OrderState.Created) await this.askIfDue(orderId);
    const { state } = await this.orders.requireOwn(memberId, orderId);
    const orderState = state as OrderState;
    return { orderId, orderState, paid: orderState !== OrderState.Created && orderState !== OrderState.Cancelled };
  }

  private async askIfDue(orderId: string): Promise<void> {
    const payment = await this.database.first<PaymentEntity>('SELECT * FROM payments WHERE orderId = ?', [orderId]);
    if (payment?.state !== 'open') return;
    const now = this.clock.now();
    // The update decides, so that two pages on two nodes make one question.
    const taken = await this.unitOfWork.run((tx) =>
      tx.execute('UPDATE payments SET askedAt = ? WHERE id = ? AND askedAt <= ?', [
        now,
        payment.id,
        now - ASK_EVERY_MS,
      ]),
    );
    if (taken === 1) await this.check.execute(payment, { ofJob: false });
  }
}
