import { OrderState } from '@mall/shared/orders';
import { Injectable } from '@nestjs/common';
import { WallClock } from '../../platform/clock/wall-clock.js';
import { Database } from '../../platform/database/database.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { type TradeState, WechatPayClient } from '../../wechat/wechat.public.js';
import { ConfirmPayment } from './confirm-payment.service.js';
import type { PaymentEntity } from './payment.entity.js';

/** WeChat's word on a payment; `absent`: it has no such order; `unknown`: it did not answer. */
export type CheckedState = TradeState | 'absent' | 'unknown';

const LONGEST_WAIT_MS = 10 * 60_000;
/** How long after its end a payment that WeChat never heard of is still asked about: the prepay may have been late. */
const GRACE_MS = 10 * 60_000;

/** Asks WeChat how a payment stands and applies the answer: notices are not guaranteed (R7.5). */
@Injectable()
export class CheckPayment {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly pay: WechatPayClient,
    private readonly confirm: ConfirmPayment,
    private readonly clock: WallClock,
  ) {}

  /** @param ofJob puts the next background check off; a customer who waits and asks must not */
  async execute(payment: PaymentEntity, { ofJob }: { ofJob: boolean }): Promise<CheckedState> {
    const answer = await this.pay.queryByOutTradeNo(payment.outTradeNo);
    const state = stateOf(answer);
    const isOver = state === 'CLOSED' || (state === 'absent' && this.clock.now() > payment.expiresAt + GRACE_MS);
    await this.unitOfWork.run(async (tx) => {
      if (ofJob) {
        const wait = Math.min(LONGEST_WAIT_MS, 15_000 * 2 ** Math.min(payment.checks, 10));
        await tx.execute('UPDATE payments SET checks = checks + 1, nextCheckAt = ? WHERE id = ?', [
          this.clock.now() + wait,
          payment.id,
        ]);
      }
      if (isOver)
        await tx.execute(`UPDATE payments SET state = 'closed' WHERE id = ? AND state = 'open'`, [payment.id]);
      if (answer.outcome === 'ok') await this.confirm.execute(tx, answer.value, 'query');
    });
    if (state === 'NOTPAY') await this.closeIfCancelled(payment);
    return state;
  }

  /** A prepay that reached WeChat after its order was cancelled: nobody should be able to pay it. */
  private async closeIfCancelled(payment: PaymentEntity): Promise<void> {
    const order = await this.database.first<{ state: string }>('SELECT state FROM orders WHERE id = ?', [
      payment.orderId,
    ]);
    if (order?.state === OrderState.Cancelled) await this.pay.close(payment.outTradeNo);
  }
}

function stateOf(answer: Awaited<ReturnType<WechatPayClient['queryByOutTradeNo']>>): CheckedState {
  if (answer.outcome === 'ok') return answer.value.tradeState;
  return answer.outcome === 'refused' && answer.reason === 'not_found' ? 'absent' : 'unknown';
}
