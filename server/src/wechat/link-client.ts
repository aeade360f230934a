import { Injectable } from '@nestjs/common';
import { WechatAccessToken } from './access-token.js';
import { refusalFor } from './api-answer.js';
import { textOf } from './json-object.js';
import { done, type Outcome, type Refused, unknown } from './outcome.js';

export interface UrlLinkRequest {
  /** Without leading slash and query; a page of the released version. */
  readonly page: string;
  /** `s=CODE`: at most 1024 characters, values encoded. */
  readonly query: string;
  /** 1 to 30. */
  readonly days: number;
}

export type LinkRefusal =
  | 'page_unknown'
  | 'query_invalid'
  | 'expiry_invalid'
  | 'unreleased'
  | 'not_permitted'
  | 'misconfigured';

export const MOST_LINK_DAYS = 30;
const MOST_QUERY = 1024;

const REASONS = {
  40002: 'not_permitted',
  40165: 'page_unknown',
  40212: 'query_invalid',
  85079: 'unreleased',
  85401: 'expiry_invalid',
} as const;

@Injectable()
export class WechatLinkClient {
  constructor(private readonly accessToken: WechatAccessToken) {}

  /**
   * A URL Link: an https address that opens the mini-program from outside of WeChat, with scene 1194. Many people may
   * open it; 500,000 can be made a day, links and schemes together. Asking again makes another, so keep it.
   */
  async urlLink(request: UrlLinkRequest): Promise<Outcome<string, LinkRefusal>> {
    const { page, query, days } = request;
    const fault = faultOf(request);
    if (fault !== null) return fault;
    // By interval, not by time: WeChat's clock decides when it ends, and ours may be ahead of it.
    const body = { path: `/${page}`, query, expire_type: 1, expire_interval: days };
    const answer = await this.accessToken.post('/wxa/generate_urllink', body);
    if (answer.outcome === 'unknown' || answer.outcome === 'refused') return answer;
    if (answer.outcome === 'errcode') return refusalFor<LinkRefusal>(answer, REASONS);
    const link = answer.outcome === 'json' ? textOf(answer.json.url_link) : null;
    return link ? done(link) : unknown('malformed', 'no url_link in the answer');
  }
}

function faultOf({ query, days }: UrlLinkRequest): Refused<LinkRefusal> | null {
  const refused = { outcome: 'refused', code: 'unsent' } as const;
  if (query.length > MOST_QUERY) return { ...refused, reason: 'query_invalid', message: 'query above 1024' };
  if (!Number.isInteger(days) || days < 1 || days > MOST_LINK_DAYS) {
    return { ...refused, reason: 'expiry_invalid', message: 'days are not 1 to 30' };
  }
  return null;
}
