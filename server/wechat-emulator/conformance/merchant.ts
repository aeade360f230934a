import { strictEqual } from 'node:assert/strict';
import { constants, publicEncrypt, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { answerMessage, fits, payMessage, requestMessage, sign } from './signatures.js';

export type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly code: unknown;
  readonly json: Json;
  readonly text: string;
  readonly bytes: Buffer;
  readonly headers: Headers;
}

/** What the merchant and the platform agreed on. */
export interface Agreement {
  readonly appId: string;
  readonly appSecret: string;
  readonly mchId: string;
  readonly merchantPrivateKeyPem: string;
  readonly merchantSerial: string;
  readonly platformKeyId: string;
  readonly platformPublicKeyPem: string;
  readonly apiV3Key: string;
}

/** How a signed request can be wrong. */
export interface Bend {
  readonly mchId?: string;
  readonly serial?: string;
  readonly secondsOff?: number;
  readonly signedBody?: string;
  readonly signedPath?: string;
  readonly authorization?: string;
  readonly fieldOrder?: readonly string[];
  /** Null leaves the header out. */
  readonly platformSerial?: string | null;
}

export const TRANSFERS = '/v3/fund-app/mch-transfer/transfer-bills';

function nowSeconds(): number {
  return Math.floor((performance.timeOrigin + performance.now()) / 1000);
}

async function read(response: Response): Promise<Reply> {
  const bytes = Buffer.from(await response.arrayBuffer());
  const text = bytes.toString('utf8');
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  const json: Json = isJson && text !== '' ? JSON.parse(text) : {};
  return { status: response.status, code: json.code, json, text, bytes, headers: response.headers };
}

/** A merchant, and the phone in a customer's hand, over plain HTTP. */
export class Merchant {
  private readonly openids = new Map<string, string>();

  constructor(
    readonly baseUrl: string,
    readonly agreed: Agreement,
  ) {}

  /** A signed request to Pay v3. */
  async call(method: 'GET' | 'POST', path: string, body: Json | string = '', bend: Bend = {}): Promise<Reply> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const serial = bend.platformSerial === undefined ? this.agreed.platformKeyId : bend.platformSerial;
    const headers: Record<string, string> = {
      Authorization: bend.authorization ?? this.authorization(method, path, text, bend),
      ...(serial === null ? {} : { 'Wechatpay-Serial': serial }),
      ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
    };
    return read(await fetch(this.baseUrl + path, { method, headers, ...(method === 'POST' ? { body: text } : {}) }));
  }

  get(path: string, bend: Bend = {}): Promise<Reply> {
    return this.call('GET', path, '', bend);
  }

  /** An unsigned request: the phone, the levers, api.weixin.qq.com. */
  async plain(method: 'GET' | 'POST', path: string, body: Json | null = null): Promise<Reply> {
    const options =
      body === null ? {} : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    return read(await fetch(this.baseUrl + path, { method, redirect: 'manual', ...options }));
  }

  /** A lever; a lever that does not move is a fault of the check. */
  async control(path: string, body: Json): Promise<Json> {
    const reply = await this.plain('POST', `/control/${path}`, body);
    strictEqual(reply.status, 200, `the lever ${path} answered ${reply.text}`);
    return reply.json;
  }

  advance(ms: number): Promise<Json> {
    return this.control('clock', { advanceMs: ms });
  }

  /** Logs the person in, as a mini-program would. */
  async openid(persona = 'xiaoyu'): Promise<string> {
    const known = this.openids.get(persona);
    if (known !== undefined) return known;
    const { code } = (await this.plain('POST', '/device/login-code', { persona })).json;
    const { appId, appSecret } = this.agreed;
    const query = `appid=${appId}&secret=${appSecret}&js_code=${code}&grant_type=authorization_code`;
    const openid = String((await this.plain('GET', `/sns/jscode2session?${query}`)).json.openid);
    this.openids.set(persona, openid);
    return openid;
  }

  async prepay(outTradeNo: string, change: Json = {}, bend: Bend = {}): Promise<Reply> {
    const body = {
      appid: this.agreed.appId,
      mchid: this.agreed.mchId,
      description: '针织开衫',
      out_trade_no: outTradeNo,
      notify_url: 'http://127.0.0.1:9/notices',
      amount: { total: 8_861, currency: 'CNY' },
      payer: { openid: await this.openid() },
      ...change,
    };
    return this.call('POST', '/v3/pay/transactions/jsapi', body, bend);
  }

  pay(prepayId: unknown, change: Json = {}): Promise<Reply> {
    const { appId, merchantPrivateKeyPem } = this.agreed;
    const timeStamp = String(nowSeconds());
    const nonceStr = randomBytes(16).toString('hex');
    const paySign = sign(payMessage(appId, timeStamp, nonceStr, String(prepayId)), merchantPrivateKeyPem);
    const params = { appId, timeStamp, nonceStr, package: `prepay_id=${prepayId}`, signType: 'RSA', paySign };
    return this.plain('POST', '/cashier/pay', { persona: 'xiaoyu', prepay_id: prepayId, ...params, ...change });
  }

  /** Orders and pays; the platform's number. */
  async paid(outTradeNo: string, change: Json = {}): Promise<string> {
    const { json, text, status } = await this.prepay(outTradeNo, change);
    strictEqual(status, 200, text);
    return String((await this.pay(json.prepay_id)).json.transaction_id);
  }

  order(outTradeNo: string): Promise<Reply> {
    return this.get(`/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${this.agreed.mchId}`);
  }

  close(outTradeNo: string): Promise<Reply> {
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, { mchid: this.agreed.mchId });
  }

  refund(outTradeNo: string, outRefundNo: string, refund: number, change: Json = {}): Promise<Reply> {
    const amount = { refund, total: 8_861, currency: 'CNY' };
    const body = { out_trade_no: outTradeNo, out_refund_no: outRefundNo, amount, ...change };
    return this.call('POST', '/v3/refund/domestic/refunds', body);
  }

  refundState(outRefundNo: string): Promise<Reply> {
    return this.get(`/v3/refund/domestic/refunds/${outRefundNo}`);
  }

  async transfer(outBillNo: string, change: Json = {}, bend: Bend = {}): Promise<Reply> {
    const body = {
      appid: this.agreed.appId,
      openid: await this.openid('chenjing'),
      out_bill_no: outBillNo,
      transfer_scene_id: '1005',
      transfer_scene_report_infos: [
        { info_type: '岗位类型', info_content: '导购' },
        { info_type: '报酬说明', info_content: '销售佣金' },
      ],
      transfer_amount: 3_307,
      transfer_remark: '销售佣金',
      ...change,
    };
    return this.call('POST', TRANSFERS, body, bend);
  }

  bill(outBillNo: string): Promise<Reply> {
    return this.get(`${TRANSFERS}/out-bill-no/${outBillNo}`);
  }

  cancelBill(outBillNo: string): Promise<Reply> {
    return this.call('POST', `${TRANSFERS}/out-bill-no/${outBillNo}/cancel`);
  }

  /** Opens the page of `wx.requestMerchantTransfer` on a phone and presses "confirm", unless told another action. */
  confirm(packageInfo: unknown, change: Json = {}): Promise<Reply> {
    const { appId, mchId } = this.agreed;
    const body = { persona: 'chenjing', mchId, appId, package: packageInfo, action: 'confirm', ...change };
    return this.plain('POST', '/device/transfer-confirm', body);
  }

  /** RSA-OAEP with SHA-1, as `user_name` is sealed. */
  seal(text: string, publicKey = this.agreed.platformPublicKeyPem): string {
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    return publicEncrypt({ key: publicKey, padding, oaepHash: 'sha1' }, Buffer.from(text)).toString('base64');
  }

  /** Whether the platform signed these bytes, under the key that it names. */
  isSigned(headers: Headers, body: string, publicKey = this.agreed.platformPublicKeyPem): boolean {
    const text = (name: string): string => headers.get(`wechatpay-${name}`) ?? '';
    return fits(answerMessage(text('timestamp'), text('nonce'), body), text('signature'), publicKey);
  }

  /** Asks until the answer is as wanted; the last answer when it never was. */
  async until(ask: () => Promise<Reply>, wanted: (json: Json) => boolean): Promise<Json> {
    for (let turn = 0; ; turn += 1) {
      const { json } = await ask();
      if (wanted(json) || turn === 100) return json;
      await wait(10);
    }
  }

  private authorization(method: string, path: string, body: string, bend: Bend): string {
    const { mchId, merchantSerial, merchantPrivateKeyPem } = this.agreed;
    const timestamp = String(nowSeconds() + (bend.secondsOff ?? 0));
    const nonce = randomBytes(16).toString('hex');
    const message = requestMessage(method, bend.signedPath ?? path, timestamp, nonce, bend.signedBody ?? body);
    const fields: Record<string, string> = {
      mchid: bend.mchId ?? mchId,
      nonce_str: nonce,
      timestamp,
      serial_no: bend.serial ?? merchantSerial,
      signature: sign(message, merchantPrivateKeyPem),
    };
    const names = bend.fieldOrder ?? Object.keys(fields);
    return `WECHATPAY2-SHA256-RSA2048 ${names.map((name) => `${name}="${fields[name]}"`).join(',')}`;
  }
}

/** Status and code of a refusal, for one comparison. */
export function verdict({ status, code }: Reply): string {
  return `${status} ${code ?? ''}`.trim();
}
