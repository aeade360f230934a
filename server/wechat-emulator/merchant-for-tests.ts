import { createDecipheriv, createSign, createVerify, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { EmulatorClock } from './clock.js';
import type { EmulatorCredentials } from './credentials.js';
import type { JsonObject } from './json-body.js';
import type { RunningEmulator } from './start-emulator.js';

export const TRANSFERS = '/v3/fund-app/mch-transfer/transfer-bills';

/** A clock that stands still until it is told to move. */
export class HandClock implements EmulatorClock {
  constructor(private at = 1_790_000_000_000) {}

  now(): number {
    return this.at;
  }

  advance(ms: number): void {
    this.at += ms;
  }
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: JsonObject;
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} };
}

export async function getJson(url: string): Promise<Answer> {
  return readAnswer(await fetch(url, { redirect: 'manual' }));
}

export async function postJson(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const allHeaders = { 'Content-Type': 'application/json', ...headers };
  return readAnswer(await fetch(url, { method: 'POST', headers: allHeaders, body: text, redirect: 'manual' }));
}

/** What a test may bend in a signed request. */
export interface Bend {
  readonly mchid?: string;
  readonly serial?: string;
  readonly timestamp?: number;
  readonly signedBody?: string;
  readonly authorization?: string;
  readonly platformSerial?: string | null;
}

/** A merchant written by hand from the documents, apart from the server's clients: two readings of one protocol. */
export class TestMerchant {
  constructor(
    readonly running: RunningEmulator,
    private readonly clock: EmulatorClock,
  ) {}

  get credentials(): EmulatorCredentials {
    return this.running.credentials;
  }

  async call(method: 'GET' | 'POST', path: string, body: unknown = '', bend: Bend = {}): Promise<Answer> {
    const { mchId, merchantSerial, merchantPrivateKeyPem, platformKeyId } = this.credentials;
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const timestamp = bend.timestamp ?? Math.floor(this.clock.now() / 1000);
    const nonce = randomBytes(16).toString('hex');
    const message = `${method}\n${path}\n${timestamp}\n${nonce}\n${bend.signedBody ?? text}\n`;
    const signature = createSign('sha256').update(message).sign(merchantPrivateKeyPem, 'base64');
    const fields = `mchid="${bend.mchid ?? mchId}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${bend.serial ?? merchantSerial}",signature="${signature}"`;
    const platformSerial = bend.platformSerial === undefined ? platformKeyId : bend.platformSerial;
    const response = await fetch(`${this.running.baseUrl}${path}`, {
      method,
      headers: {
        Authorization: bend.authorization ?? `WECHATPAY2-SHA256-RSA2048 ${fields}`,
        ...(platformSerial === null ? {} : { 'Wechatpay-Serial': platformSerial }),
        ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { body: text } : {}),
    });
    return readAnswer(response);
  }

  order(outTradeNo: string, change: JsonObject = {}): JsonObject {
    return {
      appid: this.credentials.appId,
      mchid: this.credentials.mchId,
      description: '羊毛开衫',
      out_trade_no: outTradeNo,
      notify_url: 'http://127.0.0.1:9/notify',
      amount: { total: 12_345, currency: 'CNY' },
      payer: { openid: this.openid('xiaoyu') },
      ...change,
    };
  }

  prepay(outTradeNo: string, change: JsonObject = {}): Promise<Answer> {
    return this.call('POST', '/v3/pay/transactions/jsapi', this.order(outTradeNo, change));
  }

  query(outTradeNo: string): Promise<Answer> {
    return this.call('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${this.credentials.mchId}`);
  }

  close(outTradeNo: string): Promise<Answer> {
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, {
      mchid: this.credentials.mchId,
    });
  }

  refund(outTradeNo: string, outRefundNo: string, refund: number, change: JsonObject = {}): Promise<Answer> {
    const amount = { refund, total: 12_345, currency: 'CNY' };
    const body = { out_trade_no: outTradeNo, out_refund_no: outRefundNo, amount, ...change };
    return this.call('POST', '/v3/refund/domestic/refunds', body);
  }

  /** Asks for a transfer of ¥45.67 to 陈静. */
  transfer(outBillNo: string, change: object = {}): Promise<Answer> {
    return this.call('POST', TRANSFERS, {
      appid: this.credentials.appId,
      out_bill_no: outBillNo,
      transfer_scene_id: '1005',
      openid: this.openid('chenjing'),
      transfer_amount: 4_567,
      transfer_remark: '佣金',
      transfer_scene_report_infos: [
        { info_type: '岗位类型', info_content: '导购' },
        { info_type: '报酬说明', info_content: '十一月佣金' },
      ],
      ...change,
    });
  }

  openid(personaId: string): string {
    return this.running.emulator.personas.named(personaId)?.openid ?? '';
  }

  payParams(prepayId: string): Record<string, string> {
    const { appId, merchantPrivateKeyPem } = this.credentials;
    const timeStamp = String(Math.floor(this.clock.now() / 1000));
    const nonceStr = randomBytes(16).toString('hex');
    const message = `${appId}\n${timeStamp}\n${nonceStr}\nprepay_id=${prepayId}\n`;
    const paySign = createSign('sha256').update(message).sign(merchantPrivateKeyPem, 'base64');
    return { appId, timeStamp, nonceStr, package: `prepay_id=${prepayId}`, signType: 'RSA', paySign };
  }

  pay(prepayId: unknown, persona = 'xiaoyu', change: JsonObject = {}): Promise<Answer> {
    const body = { prepay_id: prepayId, persona, ...this.payParams(String(prepayId)), ...change };
    return postJson(`${this.running.baseUrl}/cashier/pay`, body);
  }

  /** Prepay and pay in one go; the transaction id. */
  async paidOrder(outTradeNo: string, change: JsonObject = {}): Promise<string> {
    const prepaid = await this.prepay(outTradeNo, change);
    const paid = await this.pay(prepaid.json.prepay_id);
    if (paid.status !== 200) throw new Error(`could not pay ${outTradeNo}: ${paid.text}`);
    return String(paid.json.transaction_id);
  }

  /** True when the platform's signature fits these headers and this body. */
  isSignedByPlatform(header: (name: string) => string | null | undefined, body: string): boolean {
    const message = `${header('wechatpay-timestamp')}\n${header('wechatpay-nonce')}\n${body}\n`;
    const signature = header('wechatpay-signature') ?? '';
    const serialFits = header('wechatpay-serial') === this.credentials.platformKeyId;
    return (
      serialFits &&
      createVerify('sha256').update(message).verify(this.credentials.platformPublicKeyPem, signature, 'base64')
    );
  }

  decrypt(resource: JsonObject): JsonObject {
    const sealed = Buffer.from(String(resource.ciphertext), 'base64');
    const decipher = createDecipheriv('aes-256-gcm', this.credentials.apiV3Key, String(resource.nonce));
    decipher.setAAD(Buffer.from(String(resource.associated_data))).setAuthTag(sealed.subarray(-16));
    return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString('utf8'));
  }
}

export interface ReceivedNotice {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly body: string;
}

/** A merchant's notice endpoint: keeps what arrives, answers with the statuses given, then 204. */
export class NoticeListener {
  readonly received: ReceivedNotice[] = [];
  answers: number[] = [];
  private server: Server | undefined;

  async open(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (piece: Buffer) => chunks.push(piece));
      request.on('end', () => {
        this.received.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
        response.writeHead(this.answers.shift() ?? 204).end();
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  close(): void {
    this.server?.closeAllConnections();
    this.server?.close();
  }
}

/** Waits until the condition holds; false when it did not within the time. */
export async function eventually(condition: () => boolean, withinMs = 3000): Promise<boolean> {
  for (let waited = 0; waited < withinMs; waited += 10) {
    if (condition()) return true;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return condition();
}
