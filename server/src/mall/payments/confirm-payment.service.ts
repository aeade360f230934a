import { EventType } from '@mall/shared/events';
import { Injectable, Logger } from '@nestjs/common';
import { Ledger, move } from '../../distribution/ledger/ledger.public.js';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import type { Tx } from '../../platform/database/tx.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { WechatTransaction } from '../../wechat/wechat.public.js';
import { MarkOrderPaid } from '../orders/orders.public.js';
import type { PaymentEntity } from './payment.entity.js';

/** `paid`: the order is paid now. `again`: it was applied before. The others change nothing. */
export type Confirmation = 'paid' | 'late' | 'again' | 'unpaid' | 'foreign' | 'mismatch';

/** An answer to our own question weighs more than a message that somebody sent us. */
export type ReportSource = 'notice' | 'query';

/**
 * R7.5: applies what WeChat says of a payment, from a verified notice or query, never from the phone. Any number of
 * reports of one payment, in any order and on any node, make one paid order.
 */
@Injectable()
export class ConfirmPayment {
  private readonly logger = new Logger(ConfirmPayment.name);

  constructor(
    private readonly markPaid: MarkOrderPaid,
    private readonly ledger: Ledger,
    private readonly outbox: Outbox,
    private readonly clock: BusinessClock,
  ) {}

  async execute(tx: Tx, reported: WechatTransaction, source: ReportSource): Promise<Confirmation> {
    if (reported.tradeState !== 'SUCCESS' && reported.tradeState !== 'REFUND') return 'unpaid';
    const payment = await tx.first<PaymentEntity>('SELECT * FROM payments WHERE outTradeNo = ?', [reported.outTradeNo]);
    if (payment === null) return this.complain('foreign', reported);
    if (payment.state === 'succeeded') return 'again';
    const isSame = reported.totalFen === payment.amountFen && reported.payerOpenid === payment.payerOpenid;
    // REFUND before we knew of a payment: somebody gave the money back by hand, so nothing may be shipped for it.
    if (!isSame || reported.tradeState === 'REFUND') {
      return source === 'query' ? this.dispute(tx, payment, reported) : this.askSoon(tx, payment, reported);
    }
    const now = this.clock.now();
    // WeChat's time has whole seconds and a clock of its own: it never comes before the payment was opened here.
    const at = Math.max(payment.createdAt, Math.min(now, (reported.paidAt ?? now) + this.clock.offset));
    const moved = await tx.execute(
      `UPDATE payments SET state = 'succeeded', transactionId = ?, succeededAt = ? WHERE id = ? AND state <> 'succeeded'`,
      [reported.transactionId, at, payment.id],
    );
    if (moved === 0) return 'again';
    if (await this.markPaid.execute(tx, { orderId: payment.orderId, paidAt: at })) return 'paid';
    await this.sendBack(tx, payment, now);
    return 'late';
  }

  /** The order was cancelled meanwhile: stock and coupons are not taken again, the money is refunded by itself. */
  private async sendBack(tx: Tx, payment: PaymentEntity, at: number): Promise<void> {
    const { orderId, amountFen } = payment;
    await this.ledger.post(tx, {
      sourceKind: 'order',
      sourceId: orderId,
      payee: '',
      fact: 'paid',
      occurredAt: at,
      orderId,
      legs: move(amountFen, { ownerKind: 'customers', bucket: 'payments' }, { ownerKind: 'hq', bucket: 'sales' }),
    });
    await this.outbox.add(tx, EventType.PaymentArrivedLate, orderId, at, {
      orderId,
      paymentId: payment.id,
      amountFen,
      at,
    });
  }

  /** A notice that does not fit decides nothing: WeChat is asked what is true, and only its answer can be disputed. */
  private async askSoon(tx: Tx, payment: PaymentEntity, reported: WechatTransaction): Promise<Confirmation> {
    await tx.execute(`UPDATE payments SET nextCheckAt = 0 WHERE id = ? AND state = 'open'`, [payment.id]);
    return this.complain('mismatch', reported);
  }

  /** Out of every automatic way, and on HQ's list: a person decides about money that does not fit. */
  private async dispute(tx: Tx, payment: PaymentEntity, reported: WechatTransaction): Promise<Confirmation> {
    await tx.execute(
      `UPDATE payments SET state = 'disputed', transactionId = ? WHERE id = ? AND state <> 'succeeded'`,
      [reported.transactionId, payment.id],
    );
    return this.complain('mismatch', reported);
  }

  private complain(what: 'foreign' | 'mismatch', reported: WechatTransaction): Confirmation {
    this.logger.error({ message: `a payment report does not fit: ${what}`, outTradeNo: reported.outTradeNo });
    return what;
  }
}
