import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { type ApiAnswer, callApi, refusalFor } from './api-answer.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

const STOP_USING_BEFORE_EXPIRY_MS = 5 * 60_000;
/** Bad, replaced or expired: read the shared token again and retry once. */
const TOKEN_ERRCODES = new Set([40001, 40014, 42001]);

interface CachedToken {
  readonly token: string;
  readonly usableUntil: number;
}

export type TokenOutcome = Outcome<string, 'misconfigured'>;

/** The access token, from `stable_token`, whose normal mode gives every process the same one. */
@Injectable()
export class WechatAccessToken {
  private cached: CachedToken | null = null;
  private asking: Promise<TokenOutcome> | null = null;

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    private readonly clock: WallClock,
  ) {}

  /** The current token; asks WeChat when five minutes or less of it are left. Simultaneous callers share one question. */
  async current(): Promise<TokenOutcome> {
    if (this.cached && this.clock.now() < this.cached.usableUntil) return done(this.cached.token);
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Forgets a token that WeChat did not take. A newer one that another caller has fetched meanwhile is kept. */
  forget(token: string): void {
    if (this.cached?.token === token) this.cached = null;
  }

  /** Posts JSON to `path` with the token in the query. A token that is not taken is read again, once. */
  async post(path: string, body: object): Promise<ApiAnswer | Exclude<TokenOutcome, { outcome: 'ok' }>> {
    const first = await this.postOnce(path, body);
    if (first.answer.outcome !== 'errcode' || !TOKEN_ERRCODES.has(first.answer.errcode)) return first.answer;
    this.forget(first.token);
    return (await this.postOnce(path, body)).answer;
  }

  private async postOnce(path: string, body: object) {
    const token = await this.current();
    if (token.outcome !== 'ok') return { answer: token, token: '' };
    const answer = await callApi({
      method: 'POST',
      url: `${this.config.apiBaseUrl}${path}?access_token=${encodeURIComponent(token.value)}`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      timeoutMs: this.config.timeoutMs,
    });
    return { answer, token: token.value };
  }

  private async ask(): Promise<TokenOutcome> {
    const { apiBaseUrl, appId, appSecret, timeoutMs } = this.config;
    const askedAt = this.clock.now();
    const answer = await callApi({
      method: 'POST',
      url: `${apiBaseUrl}/cgi-bin/stable_token`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ grant_type: 'client_credential', appid: appId, secret: appSecret }),
      timeoutMs,
    });
    if (answer.outcome === 'unknown') return answer;
    if (answer.outcome === 'errcode') return refusalFor(answer, {});
    const { access_token: token, expires_in: lifetime } = answer.outcome === 'json' ? answer.json : {};
    if (typeof token !== 'string' || token === '' || typeof lifetime !== 'number') {
      return unknown('malformed', 'no access_token in the answer');
    }
    this.cached = { token, usableUntil: askedAt + lifetime * 1000 - STOP_USING_BEFORE_EXPIRY_MS };
    return done(token);
  }
}
