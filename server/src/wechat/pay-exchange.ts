import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { callOutside, type OutsideAnswer } from './call-outside.js';
import type { Unknown } from './outcome.js';
import { WechatPayKeys } from './pay-keys.js';
import { authorizationHeader, requestMessage, sign } from './pay-signature.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

export interface PayRequest {
  readonly method: 'GET' | 'POST';
  /** With its query. */
  readonly path: string;
  /** Null: no body. */
  readonly payload: object | null;
  /** The key that sealed a field of the payload, where that is not the one that answers should come under. */
  readonly serial?: string;
}

/** One signed request to Pay v3 and its bare answer. Whether the answer can be believed is for the caller to find out. */
@Injectable()
export class WechatPayExchange {
  /** The way out. A field, so that a fake WeChat inside this process can stand there. */
  outside = callOutside;

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly keys: WechatPayKeys,
    private readonly clock: WallClock,
  ) {}

  /**
   * A host that cannot be reached is tried once more by its other name. Every request that changes something carries the
   * merchant's own number, so that one that arrived twice is still one.
   */
  async exchange(request: PayRequest): Promise<OutsideAnswer | Unknown> {
    const { payBaseUrl, payBackupUrl } = this.config;
    const answer = await this.send(payBaseUrl, request);
    const isCutOff = answer.outcome === 'unknown' && answer.reason === 'network';
    return isCutOff && payBackupUrl ? this.send(payBackupUrl, request) : answer;
  }

  private send(baseUrl: string, { method, path, payload, serial }: PayRequest): Promise<OutsideAnswer | Unknown> {
    const body = payload === null ? '' : JSON.stringify(payload);
    const wanted = serial ?? this.keys.platformSerial;
    return this.outside({
      method,
      url: `${baseUrl}${path}`,
      headers: {
        Authorization: this.authorize(method, path, body),
        ...(wanted === '' ? {} : { 'Wechatpay-Serial': wanted }),
        ...(payload === null ? {} : { 'Content-Type': 'application/json' }),
      },
      body: payload === null ? null : body,
      timeoutMs: this.config.timeoutMs,
    });
  }

  private authorize(method: string, path: string, body: string): string {
    const { mchId, merchantSerial } = this.config;
    const timestamp = String(Math.floor(this.clock.now() / 1000));
    const nonce = randomBytes(16).toString('hex');
    const signature = sign(requestMessage(method, path, timestamp, nonce, body), this.keys.merchant);
    return authorizationHeader({ mchId, nonce, timestamp, serial: merchantSerial, signature });
  }
}
