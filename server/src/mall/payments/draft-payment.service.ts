import { ProblemType } from '@mall/shared/problems';
import { Inject, Injectable } from '@nestjs/common';
import { Members } from '../../membership/members/members.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { WallClock } from '../../platform/clock/wall-clock.js';
import type { Reader } from '../../platform/database/tx.js';
import { ProblemError } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids/ids.js';
import { WECHAT_CONFIG, type WechatConfig } from '../../wechat/wechat.public.js';
import type { OrderEntity } from '../orders/orders.public.js';
import type { PaymentEntity } from './payment.entity.js';

/** A notice usually comes within seconds; after this the query takes over. */
const FIRST_CHECK_MS = 60_000;

/** What is to be stored before WeChat is asked for the first time. */
@Injectable()
export class DraftPayment {
  constructor(
    private readonly business: BusinessClock,
    private readonly wall: WallClock,
    private readonly members: Members,
    @Inject(WECHAT_CONFIG) private readonly wechat: WechatConfig,
  ) {}

  /** @param expiresAt wall clock: WeChat lets nobody pay afterwards */
  async execute(reader: Reader, order: OrderEntity, expiresAt: number): Promise<PaymentEntity> {
    const payerOpenid = await this.members.openidOf(reader, order.memberId, this.wechat.appId);
    if (payerOpenid === null) throw new ProblemError(ProblemType.NotAuthenticated, { detail: '请重新进入小程序' });
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
      nextCheckAt: this.wall.now() + FIRST_CHECK_MS,
      checks: 0,
      askedAt: 0,
      succeededAt: null,
    };
  }
}
