import { fromRfc3339 } from './clock.js';
import { isObject, type JsonObject } from './json-body.js';
import { isLoopbackUrl } from './loopback.js';
import { appidMchidNotMatch, mchNotExists, type PayRefusal, paramError } from './pay-errors.js';

/** A prepay request that passed every rule about its shape. */
export interface PrepayRequest {
  readonly description: string;
  readonly outTradeNo: string;
  readonly attach: string | null;
  readonly notifyUrl: string;
  readonly totalFen: number;
  readonly payerOpenid: string;
  /** Epoch milliseconds, null when the request named none. */
  readonly expiresAt: number | null;
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}

/** https and no query. Plain http is let through to this machine only, since a demo has no certificate. */
export function isNotifyUrl(value: unknown, max: number): value is string {
  if (!isText(value, 1, max) || !URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.search !== '' || url.hash !== '' || value.includes('?')) return false;
  return url.protocol === 'https:' || isLoopbackUrl(value);
}

/** A whole number of fen, at least one. */
export function isPositiveFen(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}

function refuseAmount(amount: unknown): PayRefusal | null {
  if (!isObject(amount) || !isPositiveFen(amount.total)) return paramError('amount.total 须为正整数，单位为分');
  if (amount.currency !== undefined && amount.currency !== 'CNY') return paramError('amount.currency 只支持 CNY');
  return null;
}

/** Checks the body of POST /v3/pay/transactions/jsapi field by field. */
export function readPrepay(body: JsonObject, merchant: { appId: string; mchId: string }): PrepayRequest | PayRefusal {
  const { amount, payer, attach, time_expire: timeExpire, settle_info: settleInfo } = body;
  if (!isText(body.appid, 1, 32)) return paramError('appid 长度须为 1–32');
  if (!isText(body.mchid, 1, 32)) return paramError('mchid 长度须为 1–32');
  if (body.mchid !== merchant.mchId) return mchNotExists('商户号不存在');
  if (body.appid !== merchant.appId) return appidMchidNotMatch('appid 与 mchid 不匹配');
  if (!isText(body.description, 1, 127)) return paramError('description 长度须为 1–127');
  if (!isText(body.out_trade_no, 6, 32) || !/^[0-9A-Za-z_\-|*]+$/.test(body.out_trade_no)) {
    return paramError('out_trade_no 须为 6–32 位数字、字母或 _-|*');
  }
  if (attach !== undefined && !isText(attach, 0, 128)) return paramError('attach 长度不得超过 128');
  if (!isNotifyUrl(body.notify_url, 255)) return paramError('notify_url 须为 https 且不带参数');
  const expiresAt = typeof timeExpire === 'string' ? fromRfc3339(timeExpire) : null;
  if (timeExpire !== undefined && expiresAt === null) return paramError('time_expire 须为 RFC3339 格式');
  const amountFault = refuseAmount(amount);
  if (amountFault) return amountFault;
  if (!isObject(payer) || !isText(payer.openid, 1, 128)) return paramError('payer.openid 必填');
  if (settleInfo !== undefined && (!isObject(settleInfo) || typeof settleInfo.profit_sharing !== 'boolean')) {
    return paramError('settle_info.profit_sharing 须为布尔值');
  }
  return {
    description: body.description,
    outTradeNo: body.out_trade_no,
    attach: attach ?? null,
    notifyUrl: body.notify_url,
    totalFen: (amount as { total: number }).total,
    payerOpenid: payer.openid,
    expiresAt,
  };
}
