import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { done, type Outcome, type Refused, unknown } from './outcome.js';

export interface UnlimitedCodeRequest {
  /** At most 32 characters of ``0-9A-Za-z!#$&'()*+,/:;=?@-._~``; the page reads it back by decodeURIComponent. */
  readonly scene: string;
  /** Without leading slash and query. */
  readonly page: string;
  /** Pixels, 280 to 1280; default 430. */
  readonly width?: number;
  /** False lets a page through that is not in the released version yet. Default true. */
  readonly checkPath?: boolean;
}

export type CodeRefusal = 'scene_invalid' | 'page_unknown' | 'bad_argument' | 'misconfigured';

/** 1–32 characters that a code can hold; `%` is none of them, so no encoded text. */
const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const PAGE = /^[0-9A-Za-z_-]+(\/[0-9A-Za-z_-]+)*$/;
const WIDTH = { from: 280, to: 1280 } as const;

const REASONS = {
  40129: 'scene_invalid',
  40169: 'scene_invalid',
  41030: 'page_unknown',
  40097: 'bad_argument',
  85096: 'scene_invalid',
} as const;

/** What WeChat would refuse is not sent: it would cost a call of the quota and tell us nothing new. */
function faultOf({ scene, page, width }: UnlimitedCodeRequest): Refused<CodeRefusal> | null {
  const refuse = (reason: CodeRefusal, message: string): Refused<CodeRefusal> => ({
    outcome: 'refused',
    reason,
    code: 'unsent',
    message,
  });
  if (!SCENE.test(scene) || scene.includes('scancode_time')) return refuse('scene_invalid', 'scene cannot be held');
  if (!PAGE.test(page)) return refuse('page_unknown', 'page has a leading slash, a query or odd characters');
  if (width !== undefined && !(Number.isInteger(width) && width >= WIDTH.from && width <= WIDTH.to)) {
    return refuse('bad_argument', 'width is not 280 to 1280');
  }
  return null;
}

@Injectable()
export class WechatCodeClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /** A mini-program code as image bytes (PNG or JPEG). Permanent, any number, 5000 a minute: make once and keep. */
  async unlimitedCode(request: UnlimitedCodeRequest): Promise<Outcome<Buffer, CodeRefusal>> {
    const fault = faultOf(request);
    if (fault !== null) return fault;
    const { scene, page, width, checkPath } = request;
    const body = {
      scene,
      page,
      ...(width === undefined ? {} : { width }),
      ...(checkPath === undefined ? {} : { check_path: checkPath }),
    };
    const answer = await this.accessToken.post('/wxa/getwxacodeunlimit', body);
    if (answer.outcome === 'unknown' || answer.outcome === 'refused') return answer;
    if (answer.outcome === 'errcode') return refusalFor<CodeRefusal>(answer, REASONS);
    return answer.outcome === 'image' ? done(answer.image) : unknown('malformed', 'neither image nor errcode');
  }
}
