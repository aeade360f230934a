import { OrderState, type PaymentParams } from '@mall/shared/orders';
import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { notFound, ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { WECHAT_CONFIG, type WechatConfig, WechatPayClient } from '../../wechat/wechat.public.js';
import { type OrderEntity, stateWords } from '../orders/orders.public.js';
import { FIRST_CHECK_MS } from './check-payments.job.js';
import { PaymentEntity } from './payment.entity.js';

/** Opens an order's payment at WeChat, or opens it again: same number, same body, a new prepay id. */
@Injectable()
export class OpenPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly business: BusinessClock,
    private readonly wall: WallClock,
    private readonly members: Members,
    private readonly pay: WechatPayClient,
    @Inject(WECHAT_CONFIG) private readonly wechat: WechatConfig,
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
    if (prepaid.outcome === 'refused') {
      // Paid already, most likely; the client asks for the payment's state and learns it from the query.
      throw new ProblemError(ProblemType.PaymentPending, { detail: '订单正在支付确认中，请稍候查看' });
    }
    if (prepaid.outcome === 'unknown') {
      throw new ProblemError(ProblemType.DependencyUnavailable, { detail: '微信支付暂时没有响应，请稍后再试' });
    }
    const { appId: _, ...params } = this.pay.paySignParams(prepaid.value.prepayId);
    return { ...params, prepayId: prepaid.value.prepayId };
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
    const openid = await this.members.openidOf(tx, memberId, this.wechat.appId);
    if (openid === null) throw new ProblemError(ProblemType.NotAuthenticated, { detail: '请重新进入小程序' });
    await tx.insertOnce(PaymentEntity, this.draft(order, openid, order.dueAt - this.business.offset));
    const payment = await tx.first<PaymentEntity>('SELECT * FROM payments WHERE orderId = ?', [orderId]);
    if (payment === null) throw new Error(`payment of ${orderId} is gone`);
    const lines = await tx.query<{ title: string }>(
      'SELECT title FROM order_lines WHERE orderId = ? ORDER BY lineNumber',
      [orderId],
    );
    const first = lines[0]?.title ?? '商品';
    return { payment, description: lines.length > 1 ? `${first} 等 ${lines.length} 种商品` : first };
  }

  private draft(order: OrderEntity, payerOpenid: string, expiresAt: number): PaymentEntity {
    const now = this.wall.now();
    return {
      id: newId('pay'),
      orderId: order.id,
      outTradeNo: order.orderNumber,
      payerOpenid,
      amountFen: order.totalFen,
      expiresAt,
      state: 'open',
      transactionId: null,
      createdAt: this.business.now(),
      nextCheckAt: now + FIRST_CHECK_MS,
      checks: 0,
      succeededAt: null,
    };
  }
}
