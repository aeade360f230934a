import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Me, SessionResponse } from '@mall/shared/membership';
import { Global, Module } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { DistributionModule } from '../../src/distribution/distribution.module.js';
import { OperationsModule } from '../../src/hq/operations/operations.public.js';
import { HqUsersModule } from '../../src/hq/users/users.public.js';
import { MembershipModule } from '../../src/membership/membership.module.js';
import { MIGRATIONS } from '../../src/migrations/migrations.js';
import { BusinessClock } from '../../src/platform/clock/business-clock.js';
import { EnvironmentReader, readEnvironment } from '../../src/platform/config/environment.js';
import { Database } from '../../src/platform/database/database.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { PlatformModule } from '../../src/platform/platform.module.js';
import { ENTITIES } from '../../src/schema.js';
import {
  type ContentRefusal,
  type ContentVerdict,
  type Outcome,
  type TextToCheck,
  WECHAT_CONFIG,
  WechatCodeClient,
  WechatContentClient,
  type WechatIdentity,
  WechatLinkClient,
  WechatLoginClient,
  type WechatPhone,
  WechatPhoneClient,
  WechatSubscribeClient,
  WechatTransferClient,
  WecomModule,
} from '../../src/wechat/wechat.public.js';
import { type Engine, emptyDatabase } from './test-database.js';

export const HQ_PASSWORD = 'correct horse battery';
/** Migrating an empty database takes seconds on a busy machine. */
export const OPENING_MS = 60_000;
export const APP_ID = 'wx0000000000000001';
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

const refused = { outcome: 'refused', reason: 'code_invalid', code: '40029', message: 'invalid code' } as const;
const passed = { outcome: 'ok', value: { suggest: 'pass', label: 100 } } as const;
export const timeout = { outcome: 'unknown', reason: 'timeout', detail: 'no answer' } as const;

/** WeChat as these tests need it: `xiaoyu`, `xiaoyu@union`, `bad`, `blocked`, `slow` are login codes. */
export class FakeWechat {
  codeImages = 0;
  codesDown = false;
  urlLinks: { page: string; query: string; days: number }[] = [];
  readonly phoneCalls: { code: string; openid: string }[] = [];
  readonly textCalls: TextToCheck[] = [];
  /** What WeChat says of the texts that follow; by itself it passes everything. */
  textAnswer: () => Promise<Outcome<ContentVerdict, ContentRefusal>> = async () => passed;

  async codeToSession(code: string): Promise<Outcome<WechatIdentity, 'code_invalid' | 'user_blocked'>> {
    if (code === 'slow') return timeout;
    if (code === 'bad') return refused;
    if (code === 'blocked') return { ...refused, reason: 'user_blocked' };
    const [name, unionid = null] = code.split('@');
    return { outcome: 'ok', value: { openid: `openid-${name}`, unionid } };
  }

  /** A phone code is the number itself. */
  async phoneByCode(code: string, openid: string): Promise<Outcome<WechatPhone, 'code_invalid'>> {
    this.phoneCalls.push({ code, openid });
    if (code === 'slow') return timeout;
    return code === 'bad' ? refused : { outcome: 'ok', value: { phone: code, countryCode: '86' } };
  }

  async checkText(text: TextToCheck): Promise<Outcome<ContentVerdict, ContentRefusal>> {
    this.textCalls.push(text);
    return this.textAnswer();
  }

  async unlimitedCode(): Promise<Outcome<Buffer, 'misconfigured'>> {
    this.codeImages += 1;
    return this.codesDown ? timeout : { outcome: 'ok', value: PNG };
  }

  async urlLink(wish: { page: string; query: string; days: number }): Promise<Outcome<string, 'misconfigured'>> {
    this.urlLinks.push(wish);
    return this.codesDown ? timeout : { outcome: 'ok', value: `https://wxaurl.test/${this.urlLinks.length}` };
  }
}

export interface Answer<T> {
  status: number;
  body: T;
}

export interface ProblemBody {
  type: string;
  detail?: string;
  [member: string]: unknown;
}

/** Membership, distribution and HQ users over HTTP, with a WeChat of their own. */
export class PeopleApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    private readonly url: string,
    readonly wechat: FakeWechat,
    private readonly drop: () => Promise<void>,
  ) {}

  static async open(engine: Engine): Promise<PeopleApp> {
    const empty = await emptyDatabase(engine);
    const media = mkdtempSync(join(tmpdir(), 'mall-media-'));
    const environment = readEnvironment(
      new EnvironmentReader({
        DATABASE_URL: empty.url,
        DATA_KEY: randomBytes(32).toString('base64'),
        MEDIA_DIR: media,
        HQ_INITIAL_PASSWORD: HQ_PASSWORD,
        PUBLIC_URL: 'http://mall.test',
        DATABASE_POOL_SIZE: '20',
      }),
    );
    const wechat = new FakeWechat();
    const clients = [
      WechatLoginClient,
      WechatPhoneClient,
      WechatCodeClient,
      WechatContentClient,
      WechatLinkClient,
      WechatSubscribeClient,
    ].map((provide) => ({
      provide,
      useValue: wechat,
    }));
    // Nobody is paid here.
    const transfers = { provide: WechatTransferClient, useValue: { agreement: null } };
    const providers = [...clients, transfers, { provide: WECHAT_CONFIG, useValue: { appId: APP_ID } }];
    @Global()
    @Module({ providers, exports: providers.map(({ provide }) => provide) })
    class FakeWechatModule {}
    const testing = await Test.createTestingModule({
      imports: [
        PlatformModule.forEnvironment(environment),
        DatabaseModule.forSchema({ entities: ENTITIES, migrations: MIGRATIONS }),
        FakeWechatModule,
        WecomModule.forConfig(null),
        MembershipModule,
        DistributionModule,
        HqUsersModule,
        OperationsModule,
      ],
    }).compile();
    const nest = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await nest.listen(0, '127.0.0.1');
    return new PeopleApp(nest, await nest.getUrl(), wechat, async () => {
      await nest.close();
      await empty.drop();
      rmSync(media, { recursive: true, force: true });
    });
  }

  get database(): Database {
    return this.nest.get(Database);
  }

  get unitOfWork(): UnitOfWork {
    return this.nest.get(UnitOfWork);
  }

  get clock(): BusinessClock {
    return this.nest.get(BusinessClock);
  }

  async close(): Promise<void> {
    await this.drop();
  }

  /** `T` is what the test expects; a problem has `type`. */
  async call<T = ProblemBody>(
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    { token, body }: { token?: string; body?: object } = {},
  ): Promise<Answer<T>> {
    const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
    if (body !== undefined) headers['content-type'] = 'application/json';
    const answer = await fetch(`${this.url}/api${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const isJson = String(answer.headers.get('content-type')).includes('json') && text !== '';
    return { status: answer.status, body: (isJson ? JSON.parse(text) : text) as T };
  }

  async signIn(code: string): Promise<{ token: string; me: Me }> {
    const { body } = await this.call<SessionResponse>('POST', '/sessions/wechat', { body: { code } });
    return body;
  }

  /** Signs in and joins without looking at the offer's guide, as somebody who agrees to whatever is shown. */
  async join(name: string, phone: string): Promise<{ token: string; me: Me }> {
    const { token } = await this.signIn(name);
    const answer = await this.call<Me>('POST', '/me/join', { token, body: await this.joinBody(token, phone) });
    if (answer.status !== 200) throw new Error(`${name} could not join: ${JSON.stringify(answer.body)}`);
    return { token, me: answer.body };
  }

  async joinBody(token: string, phone: string): Promise<object> {
    const { body } = await this.call<{ policyVersion: string; offerTouchId: string | null }>('GET', '/me/join-offer', {
      token,
    });
    return { phoneCode: phone, purposes: ['membership', 'guide_service'], ...pick(body), nickname: '王小雨' };
  }

  async hqToken(): Promise<string> {
    const body = { username: 'admin', password: HQ_PASSWORD };
    return (await this.call<{ token: string }>('POST', '/hq/sessions', { body })).body.token;
  }

  async openStore(hq: string, code: string): Promise<string> {
    const body = { code, name: `${code}店`, type: 'direct', province: '上海市', city: '上海市' };
    return (await this.call<{ id: string }>('POST', '/hq/stores', { token: hq, body })).body.id;
  }

  async invite(hq: string, storeId: string, guideName: string): Promise<string> {
    const body = { storeId, guideName };
    return (await this.call<{ code: string }>('POST', '/hq/guide-invitations', { token: hq, body })).body.code;
  }

  /** A joined member who has accepted an invitation. */
  async guide(hq: string, storeId: string, name: string, phone: string): Promise<{ token: string; id: string }> {
    const { token } = await this.join(name, phone);
    const code = await this.invite(hq, storeId, name);
    const { body } = await this.call<Me>('POST', `/guide-invitations/${code}/accept`, { token });
    if (!body.guide) throw new Error(`${name} is no guide: ${JSON.stringify(body)}`);
    return { token, id: body.guide.id };
  }

  async shareCode(token: string): Promise<string> {
    const body = { placement: 'card' };
    return (await this.call<{ code: string }>('POST', '/guide/share-links', { token, body })).body.code;
  }

  async touch(token: string, shareCode: string): Promise<Answer<{ guide: { name: string } | null }>> {
    return this.call('POST', '/touches', { token, body: { shareCode, scene: 1007 } });
  }

  async count(table: string, where = '1 = 1', parameters: (string | number)[] = []): Promise<number> {
    const sql = `SELECT COUNT(*) AS n FROM ${table} WHERE ${where}`;
    return (await this.database.first<{ n: number }>(sql, parameters))?.n ?? -1;
  }
}

function pick(offer: { policyVersion: string; offerTouchId: string | null }): object {
  return { policyVersion: offer.policyVersion, offerTouchId: offer.offerTouchId };
}
