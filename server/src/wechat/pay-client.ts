import { randomBytes } from 'node:crypto';
import type { Fen } from '@mall/shared/money';
import { Inject, Injectable } from '@nestjs/common';
import { businessInstantText } from '../platform/clock/business-day.js';
import { WallClock } from '../platform/clock/wall-clock.js';
import { textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WechatPayKeys } from './pay-keys.js';
import { type NoticeHeaders, type ParsedNotice, readNotice } from './pay-notice.js';
import { readRefund, readTransaction, type WechatRefund, type WechatTransaction } from './pay-records.js';
import { sealForWechat } from './pay-seal.js';
import { paySignMessage, sign } from './pay-signature.js';
import { type PayRefusal, WechatPayTransport } from './pay-transport.js';
import { PlatformCertificates } from './platform-certificates.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

const DESCRIPTION_LIMIT = 127;
const REASON_LIMIT = 80;

/** Repeat with exactly the same values: WeChat refuses a number that comes back with other data. */
export interface JsapiPrepayRequest {
  /** 6–32 characters of `0-9A-Za-z_-|*`. */
  readonly outTradeNo: string;
  /** What the cashier shows; cut at 127 characters. */
  readonly description: string;
  readonly totalFen: Fen;
  readonly payerOpenid: string;
  /** Epoch milliseconds; nobody can pay afterwards. WeChat raises it to one minute from now. */
  readonly expiresAt: number;
  /** Comes back in query and notice; at most 128 characters. */
  readonly attach?: string;
}

/** Repeat with the same `outRefundNo` and the same values, however often: it stays one refund. */
export interface RefundRequest {
  readonly outTradeNo: string;
  /** 1–64 characters of `0-9A-Za-z_-|*@`. */
  readonly outRefundNo: string;
  readonly refundFen: Fen;
  /** The order's whole amount. */
  readonly totalFen: Fen;
  /** Shown to the person; cut at 80 characters. */
  readonly reason?: string;
}

/** Where a refund goes that the payer's own account could not take. */
export type RefundReroute =
  | { readonly type: 'MERCHANT_BANK_CARD' }
  /** `bankType` is WeChat's name of the bank, `ICBC_DEBIT`; number and name are sealed before they leave. */
  | {
      readonly type: 'USER_BANK_CARD';
      readonly bankType: string;
      readonly bankAccount: string;
      readonly realName: string;
    };

/** The argument of `wx.requestPayment`. */
export interface PaySignParams {
  readonly appId: string;
  /** Seconds, as text. */
  readonly timeStamp: string;
  readonly nonceStr: string;
  /** `prepay_id=…` */
  readonly package: string;
  readonly signType: 'RSA';
  readonly paySign: string;
}

/** Cuts at `limit` UTF-16 units without leaving half a character. */
function cut(text: string, limit: number): string {
  return text.slice(0, limit).replace(/[\uD800-\uDBFF]$/, '');
}

/** WeChat Pay v3 for one merchant: order, query, close, refund, notices. */
@Injectable()
export class WechatPayClient {
  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly keys: WechatPayKeys,
    private readonly transport: WechatPayTransport,
    private readonly certificates: PlatformCertificates,
    private readonly clock: WallClock,
  ) {}

  /** Opens the payment at WeChat; the prepay id is good for two hours. */
  async prepayJsapi(request: JsapiPrepayRequest): Promise<Outcome<{ prepayId: string }, PayRefusal>> {
    const { appId, mchId, notifyUrl } = this.config;
    const sent = await this.transport.send('POST', '/v3/pay/transactions/jsapi', {
      appid: appId,
      mchid: mchId,
      description: cut(request.description, DESCRIPTION_LIMIT),
      out_trade_no: request.outTradeNo,
      time_expire: businessInstantText(request.expiresAt),
      ...(request.attach === undefined ? {} : { attach: request.attach }),
      notify_url: notifyUrl,
      amount: { total: request.totalFen, currency: 'CNY' },
      payer: { openid: request.payerOpenid },
    });
    if (sent.outcome !== 'ok') return sent;
    const prepayId = textOf(sent.value.prepay_id);
    return prepayId ? done({ prepayId }) : unknown('malformed', 'no prepay_id in the answer');
  }

  /** Signs what the phone passes to `wx.requestPayment`. A success there proves nothing: believe notice or query. */
  paySignParams(prepayId: string): PaySignParams {
    const { appId } = this.config;
    const timeStamp = String(Math.floor(this.clock.now() / 1000));
    const nonceStr = randomBytes(16).toString('hex');
    const paySign = sign(paySignMessage(appId, timeStamp, nonceStr, prepayId), this.keys.merchant);
    return { appId, timeStamp, nonceStr, package: `prepay_id=${prepayId}`, signType: 'RSA', paySign };
  }

  /** How the payment stands. `not_found` also right after an `unknown` prepay that never arrived. */
  async queryByOutTradeNo(outTradeNo: string): Promise<Outcome<WechatTransaction, PayRefusal>> {
    const { mchId, appId } = this.config;
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}?mchid=${mchId}`;
    const sent = await this.transport.send('GET', path, null);
    if (sent.outcome !== 'ok') return sent;
    const transaction = readTransaction(sent.value);
    const isOurs = sent.value.mchid === mchId && sent.value.appid === appId && transaction?.outTradeNo === outTradeNo;
    return transaction && isOurs ? done(transaction) : unknown('malformed', 'not the transaction that was asked for');
  }

  /** Closes an unpaid payment. After a refusal (it may be paid) and after `unknown`, query before believing anything. */
  async close(outTradeNo: string): Promise<Outcome<null, PayRefusal>> {
    const path = `/v3/pay/transactions/out-trade-no/${encodeURIComponent(outTradeNo)}/close`;
    const sent = await this.transport.send('POST', path, { mchid: this.config.mchId });
    return sent.outcome === 'ok' ? done(null) : sent;
  }

  /** Asks for a refund; `PROCESSING` is the usual answer, the end comes by notice or query. */
  async refund(request: RefundRequest): Promise<Outcome<WechatRefund, PayRefusal>> {
    const sent = await this.transport.send('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: request.outTradeNo,
      out_refund_no: request.outRefundNo,
      ...(request.reason ? { reason: cut(request.reason, REASON_LIMIT) } : {}),
      notify_url: this.config.notifyUrl,
      amount: { refund: request.refundFen, total: request.totalFen, currency: 'CNY' },
    });
    return sent.outcome === 'ok' ? this.refundFrom(sent.value, request.outRefundNo) : sent;
  }

  async queryRefund(outRefundNo: string): Promise<Outcome<WechatRefund, PayRefusal>> {
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(outRefundNo)}`;
    const sent = await this.transport.send('GET', path, null);
    return sent.outcome === 'ok' ? this.refundFrom(sent.value, outRefundNo) : sent;
  }

  /** Sends an ABNORMAL refund another way. Repeated after it was accepted, WeChat refuses: query before. */
  async applyAbnormalRefund(
    { refundId, outRefundNo }: { refundId: string; outRefundNo: string },
    to: RefundReroute,
  ): Promise<Outcome<WechatRefund, PayRefusal>> {
    const path = `/v3/refund/domestic/refunds/${encodeURIComponent(refundId)}/apply-abnormal-refund`;
    const serial = this.keys.platformSerial;
    const key = this.keys.platform.get(serial);
    if (to.type === 'USER_BANK_CARD' && key === undefined) return unknown('unverified', 'no key to seal the card with');
    const card =
      to.type === 'USER_BANK_CARD' && key !== undefined
        ? {
            bank_type: to.bankType,
            bank_account: sealForWechat(to.bankAccount, key),
            real_name: sealForWechat(to.realName, key),
          }
        : {};
    const sent = await this.transport.send(
      'POST',
      path,
      { out_refund_no: outRefundNo, type: to.type, ...card },
      serial,
    );
    return sent.outcome === 'ok' ? this.refundFrom(sent.value, outRefundNo) : sent;
  }

  /** As {@link parseNotice}; in certificate mode a serial that is not known makes us fetch the certificates first. */
  async receiveNotice(headers: NoticeHeaders, rawBody: Buffer): Promise<ParsedNotice> {
    const parsed = this.parseNotice(headers, rawBody);
    const isUnknown = parsed.outcome === 'failed' && parsed.reason === 'unknown_serial';
    return isUnknown && (await this.certificates.refresh()) ? this.parseNotice(headers, rawBody) : parsed;
  }

  /** Verifies and decrypts a notice from its headers and the exact bytes of its body. */
  parseNotice(headers: NoticeHeaders, rawBody: Buffer): ParsedNotice {
    const { mchId, appId } = this.config;
    const { platform, apiV3Key } = this.keys;
    return readNotice(headers, rawBody, { platformKeys: platform, apiV3Key, mchId, appId, nowMs: this.clock.now() });
  }

  private refundFrom(json: Parameters<typeof readRefund>[0], outRefundNo: string): Outcome<WechatRefund, PayRefusal> {
    const refund = readRefund(json);
    return refund?.outRefundNo === outRefundNo
      ? done(refund)
      : unknown('malformed', 'not the refund that was asked for');
  }
}
