import { Inject, Injectable, Optional } from '@nestjs/common';
import { WallClock } from '../platform/clock/wall-clock.js';
import { type ApiAnswer, callApi, refusalFor } from './api-answer.js';
import { isJsonObject, textOf } from './json-object.js';
import { done, type Outcome, unknown } from './outcome.js';
import { SharedToken, type TokenFailure } from './shared-token.js';
import { WECOM_CONFIG, type WecomConfig } from './wecom-config.js';

export interface ContactWay {
  /** Cannot be asked for again: kept with the row that it was made for. */
  readonly configId: string;
  /** Address of a picture: the code that the customer scans. */
  readonly qrCode: string;
}

export interface ContactWayRequest {
  /** The guide's user id in the company's WeCom. */
  readonly userId: string;
  /** Comes back in the event when the code was used: at most 30 characters. */
  readonly state: string;
  /** For the company's console: at most 30 characters. */
  readonly remark: string;
}

/** `unionid` is null until the company has bound the developer account, and for people who use WeCom themselves. */
export interface ExternalContact {
  readonly unionid: string | null;
}

export type ContactWayRefusal = 'user_unknown' | 'misconfigured';
/** `already_chatting` (41051): never again. `another_sender` (41096): another application sends now, ask once more. */
export type WelcomeRefusal = 'already_chatting' | 'another_sender' | 'misconfigured';

/** Simultaneous changes of one contact's tags, and the same person being written elsewhere: ask again later. */
const CONCURRENT_ERRCODE = 45033;

/** WeCom's customer contact. Without a configuration every call is refused as misconfigured and nothing is sent. */
@Injectable()
export class WecomClient {
  private readonly token: SharedToken;

  constructor(
    @Optional() @Inject(WECOM_CONFIG) private readonly config: WecomConfig | null,
    clock: WallClock,
  ) {
    this.token = new SharedToken(clock, () => this.askToken());
  }

  get isConfigured(): boolean {
    return this.config !== null;
  }

  /** Whether corp id and secret are taken. For the doctor. */
  async checkToken(): Promise<Outcome<string, 'misconfigured'>> {
    return this.token.current();
  }

  /** A code for one guide (type single, by QR). Asked twice it makes two: the caller keeps what it got. */
  async addContactWay({ userId, state, remark }: ContactWayRequest): Promise<Outcome<ContactWay, ContactWayRefusal>> {
    const body = { type: 1, scene: 2, remark, skip_verify: true, state, user: [userId] };
    const answer = await this.call('POST', '/cgi-bin/externalcontact/add_contact_way', body);
    if (answer.outcome === 'errcode') return refusalFor(answer, { 60111: 'user_unknown', 40003: 'user_unknown' });
    if (answer.outcome !== 'json') return failureOf(answer);
    const { config_id: configId, qr_code: qrCode } = answer.json;
    if (typeof configId !== 'string' || typeof qrCode !== 'string') {
      return unknown('malformed', 'no config_id and qr_code in the answer');
    }
    return done({ configId, qrCode });
  }

  async externalContact(externalUserId: string): Promise<Outcome<ExternalContact, 'gone' | 'misconfigured'>> {
    const query = { external_userid: externalUserId };
    const answer = await this.call('GET', '/cgi-bin/externalcontact/get', null, query);
    if (answer.outcome === 'errcode') return refusalFor(answer, { 84061: 'gone', 40096: 'gone' });
    if (answer.outcome !== 'json') return failureOf(answer);
    const contact = answer.json.external_contact;
    if (!isJsonObject(contact)) return unknown('malformed', 'no external_contact in the answer');
    return done({ unionid: textOf(contact.unionid) || null });
  }

  /** Within 20 s of the event that brought the code, and once: a code that was used is gone. */
  async sendWelcome(welcomeCode: string, text: string): Promise<Outcome<null, WelcomeRefusal>> {
    const body = { welcome_code: welcomeCode, text: { content: text } };
    const answer = await this.call('POST', '/cgi-bin/externalcontact/send_welcome_msg', body);
    if (answer.outcome === 'errcode') {
      return refusalFor(answer, { 41051: 'already_chatting', 41096: 'another_sender' });
    }
    return answer.outcome === 'json' ? done(null) : failureOf(answer);
  }

  private async call(
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
    query: Record<string, string> = {},
  ): Promise<ApiAnswer | TokenFailure> {
    const answer = await this.token.use((token) => this.send(method, path, body, { access_token: token, ...query }));
    if (answer.outcome !== 'errcode' || answer.errcode !== CONCURRENT_ERRCODE) return answer;
    return unknown('busy', `${answer.errcode} ${answer.message}`);
  }

  private askToken(): Promise<ApiAnswer> {
    const { corpId = '', secret = '' } = this.config ?? {};
    return this.send('GET', '/cgi-bin/gettoken', null, { corpid: corpId, corpsecret: secret });
  }

  private async send(
    method: 'GET' | 'POST',
    path: string,
    body: object | null,
    query: Record<string, string>,
  ): Promise<ApiAnswer> {
    if (this.config === null) return { outcome: 'errcode', errcode: 0, message: 'WeCom is not configured' };
    return callApi({
      method,
      url: `${this.config.apiBaseUrl}${path}?${new URLSearchParams(query)}`,
      headers: body === null ? {} : { 'Content-Type': 'application/json' },
      body: body === null ? null : JSON.stringify(body),
      timeoutMs: this.config.timeoutMs,
    });
  }
}

function failureOf(answer: Exclude<ApiAnswer, { outcome: 'json' | 'errcode' }> | TokenFailure) {
  return answer.outcome === 'image' ? unknown('malformed', 'an image where JSON was expected') : answer;
}
