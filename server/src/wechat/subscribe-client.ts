import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { done, type Outcome, unknown } from './outcome.js';
import { TOKEN_ERRCODES } from './shared-token.js';

export interface SubscribeMessage {
  readonly templateId: string;
  readonly openid: string;
  /** Without leading slash, with its query. */
  readonly page: string;
  /** Key of the template, `thing1` → its value, which fits the key's type. */
  readonly values: Readonly<Record<string, string>>;
}

export type SubscribeRefusal =
  /** She has allowed no more of these. */
  | 'not_allowed'
  /** She shut this template for good. */
  | 'banned'
  /** Another message to her is under way, or WeChat or our token is not ready: it was not sent. */
  | 'not_now'
  | 'bad_value'
  | 'sensitive_word'
  | 'unknown_template'
  | 'unknown_person'
  | 'misconfigured';

const REASONS = {
  43101: 'not_allowed',
  43107: 'banned',
  43108: 'not_now',
  47003: 'bad_value',
  45168: 'sensitive_word',
  40037: 'unknown_template',
  40003: 'unknown_person',
} as const satisfies Record<number, SubscribeRefusal>;

/** 订阅消息, §4. */
@Injectable()
export class WechatSubscribeClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /**
   * Sends once. WeChat knows no key of ours: after `unknown` it may have been sent, and sending again would be a second
   * message. `busy` and `not_now` say that it was not.
   */
  async send({ templateId, openid, page, values }: SubscribeMessage): Promise<Outcome<null, SubscribeRefusal>> {
    // Asked by itself: a token that could not be had is certainly no message sent.
    const token = await this.accessToken.current();
    if (token.outcome === 'refused') return token;
    if (token.outcome === 'unknown')
      return { outcome: 'refused', reason: 'not_now', code: 'token', message: token.detail };
    const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]));
    const body = { template_id: templateId, touser: openid, page, data, miniprogram_state: 'formal', lang: 'zh_CN' };
    // By this token only: were a new one asked for here and not had, that would look like a message that may be out.
    const answer = await this.accessToken.postWith(token.value, '/cgi-bin/message/subscribe/send', body);
    if (answer.outcome === 'unknown') return answer;
    if (answer.outcome === 'errcode' && TOKEN_ERRCODES.has(answer.errcode)) {
      this.accessToken.forget(token.value);
      return { outcome: 'refused', reason: 'not_now', code: String(answer.errcode), message: answer.message };
    }
    if (answer.outcome === 'errcode') return refusalFor<SubscribeRefusal>(answer, REASONS);
    return answer.outcome === 'json' ? done(null) : unknown('malformed', 'not an answer of subscribe/send');
  }
}
