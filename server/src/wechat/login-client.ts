import { Inject, Injectable } from '@nestjs/common';
import { callApi, refusalFor } from './api-answer.js';
import { textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { WECHAT_CONFIG, type WechatConfig } from './wechat-config.js';

/** Who signed in. The session key stays behind: nothing here needs it, and what is not kept cannot leak. */
export interface WechatIdentity {
  readonly openid: string;
  /** Null when the mini-program is bound to no Open Platform account. */
  readonly unionid: string | null;
}

export type LoginRefusal = 'code_invalid' | 'user_blocked' | 'misconfigured';

/** 40163 is the older way to say that a code was used before. */
const REASONS = { 40029: 'code_invalid', 40163: 'code_invalid', 41008: 'code_invalid', 40226: 'user_blocked' } as const;

@Injectable()
export class WechatLoginClient {
  constructor(@Inject(WECHAT_CONFIG) private readonly config: WechatConfig) {}

  /** Exchanges the code of `wx.login` (5 minutes, one use). After `unknown` the phone has to make a new code. */
  async codeToSession(code: string): Promise<Outcome<WechatIdentity, LoginRefusal>> {
    const { appId, appSecret, apiBaseUrl, timeoutMs } = this.config;
    const query = new URLSearchParams({
      appid: appId,
      secret: appSecret,
      js_code: code,
      grant_type: 'authorization_code',
    });
    const url = `${apiBaseUrl}/sns/jscode2session?${query}`;
    const answer = await callApi({ method: 'GET', url, headers: {}, body: null, timeoutMs });
    if (answer.outcome === 'unknown') return answer;
    if (answer.outcome === 'errcode') return refusalFor<LoginRefusal>(answer, REASONS);
    const openid = answer.outcome === 'json' ? textOf(answer.json.openid) : null;
    if (answer.outcome !== 'json' || !openid) return unknown('malformed', 'no openid in the answer');
    return done({ openid, unionid: textOf(answer.json.unionid) });
  }
}
