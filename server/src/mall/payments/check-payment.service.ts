import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type TradeState, WechatPayClient } from '../../wechat/wechat.public.js';
import { ConfirmPayment } from './confirm-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

/** WeChat's word on a payment; `absent`: it has no such order; `unknown`: it did not answer. */
export type CheckedState = TradeState | 'absent' | 'unknown';

const LONGEST_WAIT_MS = 10 * 60_000;

/** Asks WeChat how a payment stands and applies the answer: notices are not guaranteed (R7.5). */
@Injectable()
export class CheckPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly pay: WechatPayClient,
    private readonly confirm: ConfirmPayment,
    private readonly clock: WallClock,
  ) {}

  async execute(payment: PaymentEntity): Promise<CheckedState> {
    const answer = await this.pay.queryByOutTradeNo(payment.outTradeNo);
    await this.unitOfWork.run(async (tx) => {
      const wait = Math.min(LONGEST_WAIT_MS, 15_000 * 2 ** Math.min(payment.checks, 10));
      await tx.execute('UPDATE payments SET checks = checks + 1, nextCheckAt = ? WHERE id = ?', [
        this.clock.now() + wait,
        payment.id,
      ]);
      if (answer.outcome === 'ok') await this.confirm.execute(tx, answer.value);
    });
    if (answer.outcome === 'ok') return answer.value.tradeState;
    return answer.outcome === 'refused' && answer.reason === 'not_found' ? 'absent' : 'unknown';
  }
}
