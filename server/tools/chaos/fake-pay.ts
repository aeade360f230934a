/** Payments and refunds of the fake WeChat: its own truth, by which the oracle judges the mall. */
import { chinaTime, type FakeAnswer, type FakeRequest, type FakeWechat, refuse } from './fake-wechat.js';

export type RefundFate = 'SUCCESS' | 'ABNORMAL' | 'CLOSED';

export interface FakeRefund {
  outRefundNo: string;
  refundId: string;
  refundFen: number;
  status: 'PROCESSING' | RefundFate;
  fate: RefundFate;
  body: string;
}

export interface FakePayment {
  outTradeNo: string;
  totalFen: number;
  openid: string;
  expiresAt: number;
  /** When its prepay arrived. */
  openedAt: number;
  body: string;
  state: 'NOTPAY' | 'SUCCESS' | 'REFUND' | 'CLOSED';
  transactionId: string | null;
  paidAt: number | null;
  refunds: FakeRefund[];
}

const NO = '([^/]+)';

export class FakePay {
  /** By out_trade_no. */
  readonly payments = new Map<string, FakePayment>();
  /** What becomes of the refunds that are asked for from now on. */
  fate: RefundFate = 'SUCCESS';
  /** False: the merchant's account cannot pay a refund. */
  hasBalance = true;
  /** Repeated numbers with other data: a mall that does this is wrong, whatever the end. */
  readonly contradictions: string[] = [];

  constructor(
    private readonly wechat: FakeWechat,
    private readonly clock: { readonly now: number },
  ) {
    wechat.on('POST', /\/v3\/pay\/transactions\/jsapi/, (request) => this.prepay(request));
    wechat.on('GET', new RegExp(`/v3/pay/transactions/out-trade-no/${NO}`), (_, [, no]) => this.query(no));
    wechat.on('POST', new RegExp(`/v3/pay/transactions/out-trade-no/${NO}/close`), (_, [, no]) => this.close(no));
    wechat.on('POST', /\/v3\/refund\/domestic\/refunds/, (request) => this.refund(request));
    wechat.on('GET', new RegExp(`/v3/refund/domestic/refunds/${NO}`), (_, [, no]) => this.queryRefund(no));
    wechat.on('POST', new RegExp(`/v3/refund/domestic/refunds/${NO}/apply-abnormal-refund`), (request, [, id]) =>
      this.applyAbnormal(request, id),
    );
  }

  forget(): void {
    this.payments.clear();
    this.contradictions.length = 0;
    this.fate = 'SUCCESS';
    this.hasBalance = true;
  }

  /** Somebody pays on her phone. False when it can't be paid. */
  payNow(outTradeNo: string): boolean {
    const payment = this.payments.get(outTradeNo);
    if (payment === undefined || payment.state !== 'NOTPAY' || this.clock.now >= payment.expiresAt) return false;
    payment.state = 'SUCCESS';
    payment.transactionId = this.wechat.number('42000');
    payment.paidAt = this.clock.now;
    const resource = this.paymentJson(payment);
    this.wechat.notify({
      eventType: 'TRANSACTION.SUCCESS',
      originalType: 'transaction',
      resource,
      about: outTradeNo,
    });
    return true;
  }

  /** The bank has done its work: refunds that are under way end as their fate says. */
  endRefunds(outTradeNo: string): void {
    const payment = this.payments.get(outTradeNo);
    for (const refund of payment?.refunds ?? []) {
      if (payment === undefined || refund.status !== 'PROCESSING') continue;
      refund.status = refund.fate;
      this.wechat.notify({
        eventType: `REFUND.${refund.status}`,
        originalType: 'refund',
        resource: this.refundNotice(payment, refund),
        about: outTradeNo,
      });
    }
  }

  private prepay({ json, body }: FakeRequest): FakeAnswer {
    const outTradeNo = String(json.out_trade_no);
    const known = this.payments.get(outTradeNo);
    if (known !== undefined) {
      if (known.body !== body) {
        this.contradictions.push(`prepay of ${outTradeNo} was repeated with another body`);
        return refuse(400, 'INVALID_REQUEST');
      }
      if (known.state === 'CLOSED') return refuse(400, 'ORDER_CLOSED');
      if (known.state !== 'NOTPAY') return refuse(400, 'ORDERPAID');
      return { status: 200, json: { prepay_id: this.wechat.number('wx') } };
    }
    const { total } = json.amount as { total: number };
    const { openid } = json.payer as { openid: string };
    const expiresAt = Math.max(Date.parse(String(json.time_expire)), this.clock.now + 60_000);
    this.payments.set(outTradeNo, {
      outTradeNo,
      totalFen: total,
      openid,
      expiresAt,
      openedAt: this.clock.now,
      body,
      state: 'NOTPAY',
      transactionId: null,
      paidAt: null,
      refunds: [],
    });
    return { status: 200, json: { prepay_id: this.wechat.number('wx') } };
  }

  private query(outTradeNo = ''): FakeAnswer {
    const payment = this.payments.get(outTradeNo);
    return payment === undefined ? refuse(404, 'ORDER_NOT_EXIST') : { status: 200, json: this.paymentJson(payment) };
  }

  private close(outTradeNo = ''): FakeAnswer {
    const payment = this.payments.get(outTradeNo);
    if (payment === undefined) return refuse(404, 'ORDER_NOT_EXIST');
    if (payment.state === 'SUCCESS' || payment.state === 'REFUND') return refuse(400, 'ORDERPAID');
    payment.state = 'CLOSED';
    return { status: 204, json: null };
  }

  private refund({ json, body }: FakeRequest): FakeAnswer {
    const payment = this.payments.get(String(json.out_trade_no));
    if (payment === undefined) return refuse(404, 'RESOURCE_NOT_EXISTS');
    const outRefundNo = String(json.out_refund_no);
    const known = payment.refunds.find((one) => one.outRefundNo === outRefundNo);
    if (known !== undefined) {
      if (known.body === body) return { status: 200, json: this.refundJson(payment, known) };
      this.contradictions.push(`refund ${outRefundNo} was repeated with another body`);
      return refuse(400, 'INVALID_REQUEST');
    }
    const { refund: refundFen, total } = json.amount as { refund: number; total: number };
    const given = payment.refunds
      .filter(({ status }) => status !== 'CLOSED')
      .reduce((sum, one) => sum + one.refundFen, 0);
    const isPaid = payment.state === 'SUCCESS' || payment.state === 'REFUND';
    if (!isPaid || total !== payment.totalFen || given + refundFen > payment.totalFen) {
      this.contradictions.push(`refund ${outRefundNo} asks for more than there is`);
      return refuse(400, 'INVALID_REQUEST');
    }
    if (!this.hasBalance) return refuse(403, 'NOT_ENOUGH');
    const refundId = this.wechat.number('50300');
    const refund: FakeRefund = { outRefundNo, refundId, refundFen, status: 'PROCESSING', fate: this.fate, body };
    payment.refunds.push(refund);
    payment.state = 'REFUND';
    return { status: 200, json: this.refundJson(payment, refund) };
  }

  private queryRefund(outRefundNo = ''): FakeAnswer {
    const found = this.refundBy((refund) => refund.outRefundNo === outRefundNo);
    return found === null ? refuse(404, 'RESOURCE_NOT_EXISTS') : { status: 200, json: this.refundJson(...found) };
  }

  private applyAbnormal({ json }: FakeRequest, refundId = ''): FakeAnswer {
    const found = this.refundBy((refund) => refund.refundId === refundId);
    if (found === null) return refuse(404, 'RESOURCE_NOT_EXISTS');
    const [payment, refund] = found;
    if (json.out_refund_no !== refund.outRefundNo) return refuse(400, 'PARAM_ERROR');
    if (refund.status !== 'ABNORMAL') return refuse(400, 'INVALID_REQUEST');
    refund.status = 'PROCESSING';
    refund.fate = 'SUCCESS';
    return { status: 200, json: this.refundJson(payment, refund) };
  }

  private refundBy(is: (refund: FakeRefund) => boolean): [FakePayment, FakeRefund] | null {
    for (const payment of this.payments.values()) {
      const refund = payment.refunds.find(is);
      if (refund !== undefined) return [payment, refund];
    }
    return null;
  }

  private paymentJson(payment: FakePayment): Record<string, unknown> {
    const { outTradeNo, state, totalFen, openid, transactionId, paidAt } = payment;
    const paid = paidAt === null ? {} : { transaction_id: transactionId, success_time: chinaTime(paidAt) };
    return {
      appid: this.wechat.appId,
      mchid: this.wechat.mchId,
      out_trade_no: outTradeNo,
      trade_type: 'JSAPI',
      trade_state: state,
      trade_state_desc: state,
      payer: { openid },
      amount: { total: totalFen, payer_total: totalFen, currency: 'CNY', payer_currency: 'CNY' },
      ...paid,
    };
  }

  private refundJson(payment: FakePayment, refund: FakeRefund): Record<string, unknown> {
    return {
      refund_id: refund.refundId,
      out_refund_no: refund.outRefundNo,
      transaction_id: payment.transactionId,
      out_trade_no: payment.outTradeNo,
      channel: 'ORIGINAL',
      status: refund.status,
      amount: { total: payment.totalFen, refund: refund.refundFen, currency: 'CNY' },
      ...(refund.status === 'SUCCESS' ? { success_time: chinaTime(this.clock.now) } : {}),
    };
  }

  private refundNotice(payment: FakePayment, refund: FakeRefund): Record<string, unknown> {
    const { status, ...rest } = this.refundJson(payment, refund);
    return { mchid: this.wechat.mchId, refund_status: status, ...rest };
  }
}
