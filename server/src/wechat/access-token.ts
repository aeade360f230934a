import { Inject, Injectable } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { type ApiAnswer, callApi } from './api-answer.js';
import { SharedToken, type TokenFailure, type TokenOutcome } from './shared-token.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** The access token, from `stable_token`, whose normal mode gives every process the same one. */
@Injectable()
export class WechatAccessToken {
  private readonly shared: SharedToken;

  constructor(
    @Inject(WECHAT_CONFIG) private readonly config: WechatConfig,
    clock: WallClock,
  ) {
    this.shared = new SharedToken(clock, () => this.ask());
  }

  /** The current token; asks WeChat when five minutes or less of it are left. */
  async current(): Promise<TokenOutcome> {
    return this.shared.current();
  }

  /** Forgets a token that WeChat did not take. */
  forget(token: string): void {
    this.shared.forget(token);
  }

  /**
   * Posts JSON to `path` with the token in the query. A token that is not taken is read again, once.
   * @param timeoutMs where somebody waits for the answer; reading a new token takes its own time
   */
  async post(path: string, body: object, timeoutMs = this.config.timeoutMs): Promise<ApiAnswer | TokenFailure> {
    return this.shared.use((token) => this.postWith(token, path, body, timeoutMs));
  }

  /** Posts once, with a token that the caller has: for what may happen only once, and must know where it failed. */
  async postWith(token: string, path: string, body: object, timeoutMs = this.config.timeoutMs): Promise<ApiAnswer> {
    return this.send(`${path}?access_token=${encodeURIComponent(token)}`, body, timeoutMs);
  }

  private ask(): Promise<ApiAnswer> {
    const { appId, appSecret } = this.config;
    return this.send('/cgi-bin/stable_token', { grant_type: 'client_credential', appid: appId, secret: appSecret });
  }

  private send(path: string, body: object, timeoutMs = this.config.timeoutMs): Promise<ApiAnswer> {
    return callApi({
      method: 'POST',
      url: `${this.config.apiBaseUrl}${path}`,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      timeoutMs,
    });
  }
}
