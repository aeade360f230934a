import { randomBytes } from 'node:crypto';
import { type EmulatorClock, toChinaTime } from './clock.js';
import { canonicalJson, isObject, type JsonObject } from './json-body.js';
import type { MerchantAccount } from './merchant-account.js';
import { isNotifyUrl, isPositiveFen } from './order-rules.js';
import type { Order } from './orders.js';
import { frequencyLimited, invalidRequest, notEnough, type PayRefusal, paramError } from './pay-errors.js';

const REFUNDABLE_MS = 365 * 86_400_000;
const MOST_PARTIALS = 50;
const APART_MS = 60_000;

export const REFUND_ENDS = ['SUCCESS', 'ABNORMAL', 'CLOSED'] as const;
export type RefundEnd = (typeof REFUND_ENDS)[number];

export interface Refund {
  readonly order: Order;
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly amountFen: number;
  readonly fingerprint: string;
  readonly notifyUrl: string | null;
  readonly createdAt: number;
  status: 'PROCESSING' | RefundEnd;
  endedAt: number | null;
  /** Where the money goes, in the platform's words. */
  receiver: string;
}

/** How many refunds a second the platform takes, and how many that it refuses, before it answers 429. */
export interface RefundRates {
  good: number;
  failing: number;
}

/** What a state file keeps of a refund. */
export type KeptRefund = Omit<Refund, 'order'> & { readonly outTradeNo: string };

/** A refund request that passed every rule about its shape. */
export interface RefundRequest {
  readonly outRefundNo: string;
  readonly transactionId: string | null;
  readonly outTradeNo: string | null;
  readonly refundFen: number;
  readonly totalFen: number;
  readonly notifyUrl: string | null;
}

/** Checks the body of POST /v3/refund/domestic/refunds field by field. */
export function readRefund(body: JsonObject): RefundRequest | PayRefusal {
  const { transaction_id: transactionId, out_trade_no: outTradeNo, amount, reason, notify_url: notifyUrl } = body;
  const outRefundNo = body.out_refund_no;
  if (typeof outRefundNo !== 'string' || !/^[0-9A-Za-z_\-|*@]{1,64}$/.test(outRefundNo)) {
    return paramError('out_refund_no 须为 1–64 位数字、字母或 _-|*@');
  }
  const isNumber = (value: unknown): value is string => typeof value === 'string' && /^.{1,32}$/.test(value);
  if (!isNumber(transactionId) && !isNumber(outTradeNo)) return paramError('transaction_id 与 out_trade_no 须填一个');
  if (reason !== undefined && (typeof reason !== 'string' || reason === '' || reason.length > 80)) {
    return paramError('reason 长度不得超过 80');
  }
  if (notifyUrl !== undefined && !isNotifyUrl(notifyUrl, 256)) return paramError('notify_url 须为 https 且不带参数');
  if (!isObject(amount) || !isPositiveFen(amount.refund) || !isPositiveFen(amount.total)) {
    return paramError('amount.refund 与 amount.total 须为正整数，单位为分');
  }
  if (amount.currency !== 'CNY') return paramError('amount.currency 只支持 CNY');
  return {
    outRefundNo,
    transactionId: isNumber(transactionId) ? transactionId : null,
    outTradeNo: isNumber(outTradeNo) ? outTradeNo : null,
    refundFen: amount.refund,
    totalFen: amount.total,
    notifyUrl: notifyUrl ?? null,
  };
}

export class Refunds {
  private readonly byNumber = new Map<string, Refund>();
  /** How long after one refund of an order the next may be asked for. */
  apartMs = APART_MS;
  readonly rates: RefundRates = { good: 150, failing: 6 };
  private readonly refusedAt: number[] = [];

  constructor(
    private readonly clock: EmulatorClock,
    private readonly account: MerchantAccount,
  ) {}

  find(outRefundNo: string): Refund | undefined {
    return this.byNumber.get(outRefundNo);
  }

  all(): Refund[] {
    return [...this.byNumber.values()];
  }

  /** The same number with the same data is the same refund; `isNew` is false then. */
  request(order: Order, asked: RefundRequest, body: JsonObject): { refund: Refund; isNew: boolean } | PayRefusal {
    const fingerprint = canonicalJson(body);
    const known = this.byNumber.get(asked.outRefundNo);
    if (known) {
      if (known.fingerprint !== fingerprint) return invalidRequest('退款重入时，参数与首次请求时不一致');
      return { refund: known, isNew: false };
    }
    if (order.paidAt === null) return invalidRequest('订单未支付，不能退款');
    if (asked.totalFen !== order.totalFen) return invalidRequest('订单金额与退款请求中的订单金额不一致');
    if (this.clock.now() - order.paidAt > REFUNDABLE_MS) return invalidRequest('订单已超过退款期限');
    const earlier = this.all().filter((refund) => refund.order === order && refund.status !== 'CLOSED');
    if (earlier.length >= MOST_PARTIALS) return invalidRequest('同一笔订单最多退款 50 次');
    // Whoever asks again later, unchanged, is served: nothing is wrong with the request.
    if (earlier.some((refund) => this.clock.now() - refund.createdAt < this.apartMs)) {
      return frequencyLimited('同一笔订单的多次退款须间隔 1 分钟以上');
    }
    const refunded = earlier.reduce((sum, refund) => sum + refund.amountFen, 0);
    if (refunded + asked.refundFen > order.totalFen) return invalidRequest('累计退款金额大于支付金额');
    if (!this.account.take(asked.refundFen)) return notEnough('基本账户余额不足');
    return { refund: this.open(order, asked, fingerprint), isNew: true };
  }

  /** Whether there were too many within the last second to look at another one. */
  isTooOften(): boolean {
    const recent = (at: number): boolean => this.clock.now() - at < 1000;
    const good = this.all().filter(({ createdAt }) => recent(createdAt)).length;
    return good >= this.rates.good || this.refusedAt.filter(recent).length >= this.rates.failing;
  }

  noteRefusal(): void {
    this.refusedAt.push(this.clock.now());
    if (this.refusedAt.length > this.rates.failing) this.refusedAt.shift();
  }

  byRefundId(refundId: string): Refund | undefined {
    return this.all().find((refund) => refund.refundId === refundId);
  }

  /** An abnormal refund goes another way, to a bank card: it is under way again. False when it is not abnormal. */
  reroute(refund: Refund, receiver: string): boolean {
    if (refund.status !== 'ABNORMAL') return false;
    refund.status = 'PROCESSING';
    refund.endedAt = null;
    refund.receiver = receiver;
    return true;
  }

  snapshot(): readonly KeptRefund[] {
    return this.all().map(({ order, ...refund }) => ({ ...refund, outTradeNo: order.outTradeNo }));
  }

  restore(kept: readonly KeptRefund[], orderOf: (outTradeNo: string) => Order | undefined): void {
    for (const { outTradeNo, ...refund } of kept) {
      const order = orderOf(outTradeNo);
      if (order) this.byNumber.set(refund.outRefundNo, { ...refund, order });
    }
  }

  /** Ends a refund that is still being processed. False when it had ended before. */
  end(refund: Refund, status: RefundEnd): boolean {
    if (refund.status !== 'PROCESSING') return false;
    refund.status = status;
    refund.endedAt = this.clock.now();
    return true;
  }

  /** The refund as create and query answer it. */
  view(refund: Refund): JsonObject {
    return {
      refund_id: refund.refundId,
      out_refund_no: refund.outRefundNo,
      transaction_id: refund.order.transactionId,
      out_trade_no: refund.order.outTradeNo,
      channel: 'ORIGINAL',
      user_received_account: refund.receiver,
      ...(refund.status === 'SUCCESS' && refund.endedAt !== null ? { success_time: toChinaTime(refund.endedAt) } : {}),
      create_time: toChinaTime(refund.createdAt),
      status: refund.status,
      amount: this.amounts(refund, true),
    };
  }

  /** The refund as its notice tells it: `refund_status`, and no currency. */
  noticeView(refund: Refund, mchId: string): JsonObject {
    const { status, amount, create_time: _created, channel: _channel, ...rest } = this.view(refund);
    return { mchid: mchId, ...rest, refund_status: status, amount: this.amounts(refund, false) };
  }

  private amounts(refund: Refund, withCurrency: boolean): JsonObject {
    const { totalFen } = refund.order;
    const amounts = {
      total: totalFen,
      refund: refund.amountFen,
      payer_total: totalFen,
      payer_refund: refund.amountFen,
    };
    return withCurrency ? { ...amounts, currency: 'CNY' } : amounts;
  }

  private open(order: Order, asked: RefundRequest, fingerprint: string): Refund {
    const refund: Refund = {
      order,
      outRefundNo: asked.outRefundNo,
      refundId: `50300${String(randomBytes(6).readUIntBE(0, 6)).padStart(23, '0')}`,
      amountFen: asked.refundFen,
      fingerprint,
      notifyUrl: asked.notifyUrl,
      createdAt: this.clock.now(),
      status: 'PROCESSING',
      endedAt: null,
      receiver: '支付用户零钱',
    };
    order.hasRefund = true;
    this.byNumber.set(refund.outRefundNo, refund);
    return refund;
  }
}
