import { OrderState, type PaymentParams } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Injectable, Logger } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { Database } from '../../platform/database/database.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { WechatPayClient } from '../../wechat/wechat.public.js';
import { type OrderEntity, stateWords } from '../orders/orders.public.js';

import { CheckPayment } from './check-payment.service.js';
import { DraftPayment } from './draft-payment.service.js';
import { PaymentEntity } from './payment.entity.js';

function unavailable(): ProblemError {
  return new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信支付暂时没有响应，请稍后再试' });
}

/** Opens an order's payment at WeChat, or opens it again: same number, same body, a new prepay id. */
@Injectable()
export class OpenPayment {
  private readonly logger = new Logger(OpenPayment.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly business: BusinessClock,
    private readonly database: Database,
    private readonly draft: DraftPayment,
    private readonly pay: WechatPayClient,
    private readonly check: CheckPayment,
  ) {}

  async execute(memberId: string, orderId: string): Promise<PaymentParams> {
    const { payment, description } = await this.unitOfWork.run((tx) => this.store(tx, memberId, orderId));
    const prepaid = await this.pay.prepayJsapi({
      outTradeNo: payment.outTradeNo,
      description,
      totalFen: payment.amountFen,
      payerOpenid: payment.payerOpenid,
      expiresAt: payment.expiresAt,
    });
    if (prepaid.outcome === 'refused') throw await this.explain(payment, prepaid.code, prepaid.message);
    if (prepaid.outcome === 'unknown') throw unavailable();
    await this.refuseIfCancelledMeanwhile(payment);
    const { appId: _, ...params } = this.pay.paySignParams(prepaid.value.prepayId);
    return { ...params, prepayId: prepaid.value.prepayId };
  }

  /** WeChat said no: because the order is paid, which only the query proves, or because something is set up wrong. */
  private async explain(payment: PaymentEntity, code: string, message: string): Promise<ProblemError> {
    const state = await this.check.execute(payment, { ofJob: false });
    if (state === 'SUCCESS') {
      return new ProblemError(ProblemType.PaymentPending, { detail: '订单已付款，正在更新状态' });
    }
    this.logger.error({ message: 'WeChat refused to open a payment', code, reason: message, paymentId: payment.id });
    return unavailable();
  }

  /** A cancellation may have overtaken the prepay: nobody may be handed the means to pay for a cancelled order. */
  private async refuseIfCancelledMeanwhile(payment: PaymentEntity): Promise<void> {
    const order = await this.database.first<OrderEntity>('SELECT * FROM orders WHERE id = ?', [payment.orderId]);
    const state = order?.state as OrderState | undefined;
    if (state === OrderState.Created) return;
    await this.pay.close(payment.outTradeNo);
    throw new ProblemError(ProblemType.OrderStateConflict, { detail: '订单状态已变化，请刷新查看', state });
  }

  /** The row stands before WeChat is asked, so that a payment of ours is never unknown here. */
  private async store(tx: Tx, memberId: string, orderId: string) {
    const order = await tx.first<OrderEntity>('SELECT * FROM orders WHERE id = ? AND memberId = ?', [
      orderId,
      memberId,
    ]);
    if (order === null) throw notFound();
    const now = this.business.now();
    if (order.state !== OrderState.Created || order.dueAt === null || order.dueAt <= now) {
      const state = order.state as OrderState;
      const detail = state === OrderState.Created ? '支付时间已过，请重新下单' : `订单${stateWords(state)}，无需支付`;
      throw new ProblemError(ProblemType.OrderStateConflict, { detail, state });
    }
    await tx.insertOnce(PaymentEntity, await this.draft.execute(tx, order, order.dueAt - this.business.offset));
    const payment = await tx.first<PaymentEntity>('SELECT * FROM payments WHERE orderId = ?', [orderId]);
    if (payment === null) throw new Error(`payment of ${orderId} is gone`);
    const lines = await tx.query<{ title: string }>(
      'SELECT title FROM order_lines WHERE orderId = ? ORDER BY lineNumber',
      [orderId],
    );
    const first = lines[0]?.title ?? '商品';
    return { payment, description: lines.length > 1 ? `${first} 等 ${lines.length} 种商品` : first };
  }
}
