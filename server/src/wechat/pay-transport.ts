import { Injectable } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import type { OutsideAnswer } from './call-outside.js';
import { type JsonObject, parseJsonObject, textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WechatPayExchange } from './pay-exchange.js';
import { WechatPayKeys } from './pay-keys.js';
import { faultInSignature, type SignatureFault } from './pay-signature.js';
import { PlatformCertificates } from './platform-certificates.js';

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

/** One exchange with Pay v3: believes an answer only when WeChat's signature fits. */
@Injectable()
export class WechatPayTransport {
  constructor(
    private readonly keys: WechatPayKeys,
    private readonly exchange: WechatPayExchange,
    private readonly certificates: PlatformCertificates,
    private readonly clock: WallClock,
  ) {}

  /** `path` with its query. An empty answer (204) is the empty object. */
  async send(
    method: 'GET' | 'POST',
    path: string,
    payload: object | null,
    serial?: string,
  ): Promise<Outcome<JsonObject, PayRefusal>> {
    await this.certificates.keepFresh();
    const answer = await this.exchange.exchange({ method, path, payload, ...(serial === undefined ? {} : { serial }) });
    if (answer.outcome === 'unknown') return answer;
    // WeChat signs every answer but one: it can't be asked for a signature by somebody whose own did not fit.
    const fault = answer.status === 401 ? null : await this.faultOf(answer);
    return fault === null ? read(answer) : unknown('unverified', `${fault} on HTTP ${answer.status}`);
  }

  private async faultOf(answer: OutsideAnswer): Promise<SignatureFault | null> {
    const header = (name: string): string | null => answer.headers.get(name);
    const check = () => faultInSignature(header, answer.body, this.keys.platform, this.clock.now());
    const fault = check();
    return fault === 'unknown_serial' && (await this.certificates.refresh()) ? check() : fault;
  }
}

function read(answer: OutsideAnswer): Outcome<JsonObject, PayRefusal> {
  const text = answer.body.toString('utf8');
  const json = text === '' ? {} : parseJsonObject(text);
  if (json === null) return unknown('malformed', `HTTP ${answer.status} without a JSON object`);
  if (answer.status < 300) return done(json);
  const code = textOf(json.code) ?? '';
  const reason = answer.status === 401 ? 'misconfigured' : (REASONS[code] ?? 'refused');
  return { outcome: 'refused', reason, code, message: textOf(json.message) ?? '' };
}
