import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { isJsonObject } from './json-object.js';
import { done, type Outcome, type Refused, unknown } from './outcome.js';

/** Where the text will be read (§9). */
export const ContentScene = { Profile: 1, Comment: 2, Forum: 3, Social: 4 } as const;
export type ContentScene = (typeof ContentScene)[keyof typeof ContentScene];

export interface TextToCheck {
  /** Of who wrote it; WeChat must have seen her within two hours. */
  readonly openid: string;
  readonly scene: ContentScene;
  /** 1 to 2,500 characters. */
  readonly content: string;
  readonly title?: string;
  readonly nickname?: string;
}

export interface ContentVerdict {
  readonly suggest: 'pass' | 'review' | 'risky';
  /** 100 harmless, 10001 advertising, 20001 to 21000 what is wrong with it. */
  readonly label: number;
}

export type ContentRefusal = 'too_long' | 'user_not_seen' | 'repeated' | 'misconfigured';

const LONGEST = 2_500;
const SUGGESTS: readonly unknown[] = ['pass', 'review', 'risky'] satisfies ContentVerdict['suggest'][];
const REASONS = { 61010: 'user_not_seen', 87020: 'repeated' } as const;

/** `msg_sec_check`, version 2: whether others may read a text. 4,000 a minute, 2,000,000 a day. */
@Injectable()
export class WechatContentClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /**
   * Nothing but `pass` lets a text be shown. The call changes nothing, so that it may be repeated, though WeChat does not
   * judge the same text of one person again at once.
   * @param timeoutMs where she waits for the answer
   */
  async checkText(text: TextToCheck, timeoutMs?: number): Promise<Outcome<ContentVerdict, ContentRefusal>> {
    if ([...text.content].length > LONGEST) return tooLong();
    const answer = await this.accessToken.post('/wxa/msg_sec_check', { version: 2, ...text }, timeoutMs);
    if (answer.outcome === 'unknown' || answer.outcome === 'refused') return answer;
    if (answer.outcome === 'errcode') return refusalFor<ContentRefusal>(answer, REASONS);
    const result = answer.outcome === 'json' ? answer.json.result : null;
    if (!isJsonObject(result) || !SUGGESTS.includes(result.suggest) || typeof result.label !== 'number') {
      return unknown('malformed', 'no verdict in the answer');
    }
    return done({ suggest: result.suggest as ContentVerdict['suggest'], label: result.label });
  }
}

function tooLong(): Refused<ContentRefusal> {
  return { outcome: 'refused', reason: 'too_long', code: 'unsent', message: `more than ${LONGEST} characters` };
}
