import { type Fen, fen } from '@mall/shared/money';
import { isJsonObject, type JsonObject, textOf } from './json-object.js';

const TRADE_STATES = ['SUCCESS', 'REFUND', 'NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR'] as const;
const REFUND_STATUSES = ['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL'] as const;

/** SUCCESS and REFUND mean that the money came; NOTPAY and USERPAYING may still become SUCCESS; CLOSED never will. */
export type TradeState = (typeof TRADE_STATES)[number];
export type RefundStatus = (typeof REFUND_STATUSES)[number];

/** A payment as WeChat knows it. */
export interface WechatTransaction {
  readonly outTradeNo: string;
  readonly tradeState: TradeState;
  /** Null until paid. */
  readonly transactionId: string | null;
  /** The order's amount; null when WeChat leaves it out of an unpaid order. */
  readonly totalFen: Fen | null;
  /** What the person paid after WeChat's own discounts; null until paid. */
  readonly payerTotalFen: Fen | null;
  readonly payerOpenid: string | null;
  /** Epoch milliseconds; null until paid. */
  readonly paidAt: number | null;
  readonly attach: string | null;
}

/** A refund as WeChat knows it. */
export interface WechatRefund {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly status: RefundStatus;
  readonly refundFen: Fen;
  readonly totalFen: Fen;
  /** Epoch milliseconds; null until it succeeded. */
  readonly refundedAt: number | null;
}

function fenOf(value: unknown): Fen | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? fen(value) : null;
}

function timeOf(value: unknown): number | null {
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? null : parsed;
}

/** Null when the object is no transaction, or claims to be paid without saying how much and under which number. */
export function readTransaction(json: JsonObject): WechatTransaction | null {
  const outTradeNo = textOf(json.out_trade_no);
  const tradeState = TRADE_STATES.find((state) => state === json.trade_state);
  if (!outTradeNo || !tradeState) return null;
  const amount = isJsonObject(json.amount) ? json.amount : {};
  const transaction: WechatTransaction = {
    outTradeNo,
    tradeState,
    transactionId: textOf(json.transaction_id) || null,
    totalFen: fenOf(amount.total),
    payerTotalFen: fenOf(amount.payer_total),
    payerOpenid: isJsonObject(json.payer) ? textOf(json.payer.openid) : null,
    paidAt: timeOf(json.success_time),
    attach: textOf(json.attach),
  };
  const isPaid = tradeState === 'SUCCESS' || tradeState === 'REFUND';
  return isPaid && (transaction.transactionId === null || transaction.totalFen === null) ? null : transaction;
}

/** Create and query say `status`, a notice says `refund_status`. Null when the object is no refund. */
export function readRefund(json: JsonObject): WechatRefund | null {
  const outRefundNo = textOf(json.out_refund_no);
  const refundId = textOf(json.refund_id);
  const outTradeNo = textOf(json.out_trade_no);
  const transactionId = textOf(json.transaction_id);
  const status = REFUND_STATUSES.find((one) => one === (json.status ?? json.refund_status));
  const amount = isJsonObject(json.amount) ? json.amount : {};
  const refundFen = fenOf(amount.refund);
  const totalFen = fenOf(amount.total);
  if (!outRefundNo || !refundId || !outTradeNo || !transactionId) return null;
  if (!status || refundFen === null || totalFen === null) return null;
  const refundedAt = status === 'SUCCESS' ? timeOf(json.success_time) : null;
  return { outRefundNo, refundId, outTradeNo, transactionId, status, refundFen, totalFen, refundedAt };
}
