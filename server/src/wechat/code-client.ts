import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { done, type Outcome, unknown } from './outcome.js';

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

const REASONS = {
  40129: 'scene_invalid',
  40169: 'scene_invalid',
  41030: 'page_unknown',
  40097: 'bad_argument',
} as const;

@Injectable()
export class WechatCodeClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /** A mini-program code as image bytes (PNG or JPEG). Permanent, any number, 5000 a minute: make once and keep. */
  async unlimitedCode(request: UnlimitedCodeRequest): Promise<Outcome<Buffer, CodeRefusal>> {
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
