import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { isJsonObject, textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';

export interface WechatPhone {
  /** Digits without country code. */
  readonly phone: string;
  /** `86` for mainland numbers. */
  readonly countryCode: string;
}

export type PhoneRefusal = 'code_invalid' | 'misconfigured';

/** 40013 is what a code from another mini-program gets. */
const REASONS = { 40029: 'code_invalid', 40013: 'code_invalid' } as const;

@Injectable()
export class WechatPhoneClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /**
   * The phone number behind the code of the phone button (5 minutes, one use). `openid` makes WeChat check that the
   * code is that person's. Each success costs the shop money, so ask once and keep the number.
   */
  async phoneByCode(code: string, openid: string): Promise<Outcome<WechatPhone, PhoneRefusal>> {
    const answer = await this.accessToken.post('/wxa/business/getuserphonenumber', { code, openid });
    if (answer.outcome === 'unknown' || answer.outcome === 'refused') return answer;
    if (answer.outcome === 'errcode') return refusalFor<PhoneRefusal>(answer, REASONS);
    const info = answer.outcome === 'json' ? answer.json.phone_info : null;
    const phone = isJsonObject(info) ? textOf(info.purePhoneNumber) : null;
    const countryCode = isJsonObject(info) ? textOf(info.countryCode) : null;
    if (!phone || !countryCode) return unknown('malformed', 'no phone_info in the answer');
    return done({ phone, countryCode });
  }
}
