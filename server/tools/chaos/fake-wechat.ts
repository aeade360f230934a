/**
 * A WeChat inside this process: signs, verifies, encrypts and misbehaves, but keeps no connection and no time of its
 * own. Its APIs are added with `on`; the mall's real clients talk to it through WechatPayExchange. Shares no code with
 * the product.
 */
import { createCipheriv, createSign, createVerify, generateKeyPairSync, type KeyObject } from 'node:crypto';

/** How one call goes wrong. Those that end in "-after" did what they were asked. */
export type Fault =
  /** Nothing arrives, no answer. */
  | 'lost'
  /** Done, but the answer is lost. */
  | 'lost-after'
  /** HTTP 500 before or after it was done. */
  | 'down'
  | 'down-after'
  /** HTTP 429. */
  | 'busy'
  /** Done, and the answer is signed by somebody else. */
  | 'forged-after'
  /** No answer; arrives later, when `arrivals` is called. */
  | 'delayed'
  /** The mall's process dies before the request leaves, or when the answer comes. */
  | 'crash'
  | 'crash-after';
export const FAULTS: readonly Fault[] = [
  'lost',
  'lost-after',
  'down',
  'down-after',
  'busy',
  'forged-after',
  'delayed',
  'crash',
  'crash-after',
];

/** Thrown where the mall's process dies. */
export class Crash extends Error {
  override name = 'Crash';
}

export interface FakeRequest {
  method: string;
  /** Without the query. */
  path: string;
  query: URLSearchParams;
  /** The body's fields; empty for a GET. */
  json: Record<string, unknown>;
  /** The body byte for byte. */
  body: string;
}

export interface FakeAnswer {
  status: number;
  /** Null: an empty body. */
  json: object | null;
}

type Handler = (request: FakeRequest, match: RegExpExecArray) => FakeAnswer;

/** A notice that waits to be delivered. It is sealed and signed when it is sent. */
export interface FakeNotice {
  id: string;
  eventType: string;
  originalType: string;
  /** What it is about, in clear. */
  resource: Record<string, unknown>;
  /** Whose notice it is: out_trade_no, out_bill_no … */
  about: string;
}

export interface SignedNotice {
  headers: Record<string, string>;
  body: Buffer;
}

interface Outgoing {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | null;
}

const unknown = (reason: 'timeout' | 'network' | 'server_error' | 'busy', detail: string) =>
  ({ outcome: 'unknown', reason, detail }) as const;

/** Half the length of real keys: the same arithmetic, a sixth of the time. */
const RSA_BITS = 1024;
const SIGNATURE_MS = 5 * 60_000;
const PLATFORM_SERIAL = 'PUB_KEY_ID_0000000000000000000000000001';
const pem = (key: KeyObject): string =>
  key.export(key.type === 'private' ? { type: 'pkcs8', format: 'pem' } : { type: 'spki', format: 'pem' }).toString();

export class FakeWechat {
  /** Faults of the next calls, in order. Empty: all goes well. */
  faults: Fault[] = [];
  /** Notices that were made and not yet taken in. Whoever plays delivers them, loses them, repeats them. */
  pending: FakeNotice[] = [];
  /** Calls that reached an API, by its path's first part; for coverage. */
  calls = 0;
  readonly appId = 'wx00000000000c4a05';
  readonly mchId = '1900000109';
  private readonly apiV3Key = 'chaos-key-of-thirty-two-letters!';
  private readonly merchant = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  private readonly platform = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  private readonly stranger = generateKeyPairSync('rsa', { modulusLength: RSA_BITS });
  private readonly routes: { method: string; path: RegExp; handler: Handler }[] = [];
  private delayed: { request: FakeRequest; sentAt: number }[] = [];
  private count = 0;

  constructor(private readonly clock: { now: number }) {}

  /** The merchant's side of the agreement, in the form of WechatConfig. */
  config() {
    return {
      appId: this.appId,
      appSecret: 'none',
      apiBaseUrl: 'http://127.0.0.1:9',
      mchId: this.mchId,
      merchantPrivateKeyPem: pem(this.merchant.privateKey),
      merchantSerial: 'MERCHANT1',
      apiV3Key: this.apiV3Key,
      platformKeys: { [PLATFORM_SERIAL]: pem(this.platform.publicKey) },
      payBaseUrl: 'https://pay.fake',
      notifyUrl: 'https://mall.fake/notices',
      timeoutMs: 1_000,
      push: null,
      transfers: { sceneId: '1005', jobTitle: '导购', rewardReason: '销售佣金', remark: '佣金' },
    };
  }

  /** For what the mall encrypts so that only WeChat reads it. */
  get platformPrivateKey(): KeyObject {
    return this.platform.privateKey;
  }

  /** Adds an API. `path` must match the whole path without its query. */
  on(method: 'GET' | 'POST', path: RegExp, handler: Handler): void {
    this.routes.push({ method, path, handler });
  }

  /** Unique, and the same in each run of a seed. */
  number(prefix: string): string {
    this.count += 1;
    return `${prefix}${String(this.count).padStart(12, '0')}`;
  }

  /** Stands where the real way out stands: WechatPayExchange.outside. */
  readonly outside = async (out: Outgoing) => {
    const url = new URL(out.url);
    const body = out.body ?? '';
    const request: FakeRequest = {
      method: out.method,
      path: url.pathname,
      query: url.searchParams,
      json: body === '' ? {} : JSON.parse(body),
      body,
    };
    const fault = this.faults.shift();
    if (fault === 'crash') throw new Crash('before the request left');
    if (fault === 'lost') return unknown('timeout', 'lost');
    if (fault === 'down') return unknown('server_error', 'HTTP 500');
    if (fault === 'busy') return unknown('busy', 'HTTP 429');
    if (fault === 'delayed') {
      this.delayed.push({ request, sentAt: this.clock.now });
      return unknown('timeout', 'on its way');
    }
    const answer = this.isSigned(out, url) ? this.answer(request) : { status: 401, json: { code: 'SIGN_ERROR' } };
    if (fault === 'crash-after') throw new Crash('when the answer came');
    if (fault === 'lost-after') return unknown('timeout', 'answer lost');
    if (fault === 'down-after') return unknown('server_error', 'HTTP 502');
    const key = fault === 'forged-after' ? this.stranger.privateKey : this.platform.privateKey;
    const bytes = Buffer.from(answer.json === null ? '' : JSON.stringify(answer.json));
    const headers = new Headers(this.signature(bytes, key));
    return { outcome: 'answer', status: answer.status, headers, body: bytes } as const;
  };

  /** What was delayed arrives now; a request whose signature is five minutes old is refused. */
  arrivals(): void {
    const late = this.delayed;
    this.delayed = [];
    for (const { request, sentAt } of late) {
      if (this.clock.now - sentAt < SIGNATURE_MS) this.answer(request);
    }
  }

  notify(notice: Omit<FakeNotice, 'id'>): void {
    this.pending.push({ ...notice, id: this.number('notice-') });
  }

  /**
   * Seals and signs. The options bend it: `by: 'stranger'` is a forgery, `ageMs` makes it old, `change` changes what
   * it says under a good signature.
   */
  sign(
    notice: FakeNotice,
    { by = 'wechat', ageMs = 0, serial = PLATFORM_SERIAL, change = {} }: NoticeBend = {},
  ): SignedNotice {
    const nonce = 'chaosnonce12';
    const cipher = createCipheriv('aes-256-gcm', this.apiV3Key, nonce).setAAD(Buffer.from(notice.originalType));
    const clear = JSON.stringify({ ...notice.resource, ...change });
    const ciphertext = Buffer.concat([cipher.update(clear), cipher.final(), cipher.getAuthTag()]).toString('base64');
    const body = Buffer.from(
      JSON.stringify({
        id: notice.id,
        create_time: chinaTime(this.clock.now),
        resource_type: 'encrypt-resource',
        event_type: notice.eventType,
        summary: 'chaos',
        resource: {
          original_type: notice.originalType,
          algorithm: 'AEAD_AES_256_GCM',
          ciphertext,
          nonce,
          associated_data: notice.originalType,
        },
      }),
    );
    const key = by === 'wechat' ? this.platform.privateKey : this.stranger.privateKey;
    return { headers: { ...this.signature(body, key, ageMs), 'wechatpay-serial': serial }, body };
  }

  private answer(request: FakeRequest): FakeAnswer {
    for (const { method, path, handler } of this.routes) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (match === null || match[0] !== request.path) continue;
      this.calls += 1;
      return handler(request, match);
    }
    return refuse(404, 'RESOURCE_NOT_EXISTS', `nothing at ${request.method} ${request.path}`);
  }

  private isSigned({ method, headers, body }: Outgoing, url: URL): boolean {
    const field = (name: string): string =>
      new RegExp(`${name}="([^"]*)"`).exec(headers.Authorization ?? '')?.[1] ?? '';
    const lines = [method, url.pathname + url.search, field('timestamp'), field('nonce_str'), body ?? ''];
    const verify = createVerify('sha256').update(`${lines.join('\n')}\n`);
    return verify.verify(this.merchant.publicKey, field('signature'), 'base64') && field('mchid') === this.mchId;
  }

  private signature(body: Buffer, key: KeyObject, ageMs = 0): Record<string, string> {
    const timestamp = String(Math.floor((this.clock.now - ageMs) / 1000));
    const nonce = this.number('n');
    const sign = createSign('sha256').update(`${timestamp}\n${nonce}\n`).update(body).update('\n');
    return {
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': PLATFORM_SERIAL,
      'wechatpay-signature': sign.sign(key, 'base64'),
    };
  }
}

export interface NoticeBend {
  by?: 'wechat' | 'stranger';
  ageMs?: number;
  serial?: string;
  change?: Record<string, unknown>;
}

export function refuse(status: number, code: string, message = code): FakeAnswer {
  return { status, json: { code, message } };
}

/** `2026-11-28T09:00:00+08:00` */
export function chinaTime(epochMs: number): string {
  return `${new Date(epochMs + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
