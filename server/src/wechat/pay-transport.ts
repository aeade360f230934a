import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { callOutside, type OutsideAnswer } from './call-outside.js';
import { type JsonObject, parseJsonObject, textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WechatPayKeys } from './pay-keys.js';
import { authorizationHeader, faultInSignature, requestMessage, sign } from './pay-signature.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/**
 * `not_found`: no such order or refund. `not_enough`: the merchant's balance. `refused`: any other documented code; the
 * caller looks at `code` only for its log. `misconfigured`: keys, serial or clock are wrong on our side.
 */
export type PayRefusal = 'not_found' | 'not_enough' | 'refused' | 'misconfigured';

const REASONS: Readonly<Record<string, PayRefusal>> = {
  ORDER_NOT_EXIST: 'not_found',
  ORDERNOTEXIST: 'not_found',
  RESOURCE_NOT_EXISTS: 'not_found',
  NOT_ENOUGH: 'not_enough',
  SIGN_ERROR: 'misconfigured',
  NO_AUTH: 'misconfigured',
  MCH_NOT_EXISTS: 'misconfigured',
  APPID_MCHID_NOT_MATCH: 'misconfigured',
};

/** One signed exchange with Pay v3: signs the request, believes an answer only when WeChat's signature fits. */
@Injectable()
export class WechatPayTransport {
  /** The way out. A field, so that a fake WeChat inside this process can stand there. */
  outside = callOutside;

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly keys: WechatPayKeys,
    private readonly clock: WallClock,
  ) {}

  /** `path` with its query. An empty answer (204) is the empty object. */
  async send(method: 'GET' | 'POST', path: string, payload: object | null): Promise<Outcome<JsonObject, PayRefusal>> {
    const body = payload === null ? '' : JSON.stringify(payload);
    const answer = await this.outside({
      method,
      url: `${this.config.payBaseUrl}${path}`,
      headers: {
        Authorization: this.authorize(method, path, body),
        'Wechatpay-Serial': this.keys.platformSerial,
        ...(payload === null ? {} : { 'Content-Type': 'application/json' }),
      },
      body: payload === null ? null : body,
      timeoutMs: this.config.timeoutMs,
    });
    return answer.outcome === 'unknown' ? answer : this.read(answer);
  }

  private authorize(method: string, path: string, body: string): string {
    const { mchId, merchantSerial } = this.config;
    const timestamp = String(Math.floor(this.clock.now() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const signature = sign(requestMessage(method, path, timestamp, nonce, body), this.keys.merchant);
    return authorizationHeader({ mchId, nonce, timestamp, serial: merchantSerial, signature });
  }

  private read(answer: OutsideAnswer): Outcome<JsonObject, PayRefusal> {
    const text = answer.body.toString('utf8');
    const json = text === '' ? {} : parseJsonObject(text);
    // WeChat signs every answer but one: it can't be asked for a signature by somebody whose own did not fit.
    if (answer.status !== 401) {
      const header = (name: string): string | null => answer.headers.get(name);
      const fault = faultInSignature(header, answer.body, this.keys.platform, this.clock.now());
      if (fault) return unknown('unverified', `${fault} on HTTP ${answer.status}`);
    }
    if (json === null) return unknown('malformed', `HTTP ${answer.status} without a JSON object`);
    if (answer.status < 300) return done(json);
    const code = textOf(json.code) ?? '';
    const reason = answer.status === 401 ? 'misconfigured' : (REASONS[code] ?? 'refused');
    return { outcome: 'refused', reason, code, message: textOf(json.message) ?? '' };
  }
}
