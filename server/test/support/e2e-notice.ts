/** Notices written by hand, good or bent, as WeChat's platform or a forger would send them. */
import { randomUUID } from 'node:crypto';
import { encryptResource, platformHeaders } from '../../wechat-emulator/pay-signature.js';
import { type RawAnswer, send } from './e2e-http.js';
import type { Shop } from './e2e-shop.js';

export interface NoticeBend {
  /** Decrypted content; a paid transaction of an order that is not ours when absent. */
  resource?: Record<string, unknown>;
  /** Members of the envelope that replace good ones. */
  envelope?: Record<string, unknown>;
  apiV3Key?: string;
  /** Changes the body after it was signed. */
  tamper?: (body: string) => string;
  /** Seconds by which the timestamp is off. */
  lateBySeconds?: number;
  /** `undefined` removes the header. */
  headers?: Record<string, string | undefined>;
}

/** Sends a notice; without bends it is a valid one. */
export function sendNotice(shop: Shop, bend: NoticeBend = {}): Promise<RawAnswer> {
  const { credentials } = shop.mall.running;
  const transaction = {
    appid: credentials.appId,
    mchid: credentials.mchId,
    out_trade_no: '01ZZZZZZZZZZZZZZZZZZZZZZZZ',
    transaction_id: '4200000000000000000000000001',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    success_time: '2026-11-22T10:00:00+08:00',
    payer: { openid: 'oXXXX' },
    amount: { total: 1, payer_total: 1, currency: 'CNY', payer_currency: 'CNY' },
  };
  const content = JSON.stringify({ ...transaction, ...bend.resource });
  const sealed = encryptResource(content, bend.apiV3Key ?? credentials.apiV3Key, 'transaction');
  const body = JSON.stringify({
    id: randomUUID(),
    create_time: '2026-11-22T10:00:00+08:00',
    resource_type: 'encrypt-resource',
    event_type: 'TRANSACTION.SUCCESS',
    summary: '支付成功',
    resource: { original_type: 'transaction', ...sealed },
    ...bend.envelope,
  });
  const now = Math.floor((performance.timeOrigin + performance.now()) / 1000) - (bend.lateBySeconds ?? 0);
  const merged = { ...platformHeaders(shop.mall.running.emulator.keys.forNotice(), now, body), ...bend.headers };
  const headers = Object.fromEntries(
    Object.entries(merged).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
  const sent = bend.tamper?.(body) ?? body;
  const raw = { type: 'application/json', content: sent };
  return send(shop.mall.apiUrl, 'POST', '/api/wechat/pay-notices', { raw, headers });
}
