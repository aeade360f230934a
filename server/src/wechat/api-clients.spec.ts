import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { HandClock, postJson } from '../../wechat-emulator/merchant-for-tests.js';
import { scanPng } from '../../wechat-emulator/scan-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import type { Outcome } from './wechat.public.js';
import { configFor, type WechatClients, wechatClients } from './wechat-for-tests.js';

jest.setTimeout(30_000);

const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;
let wechat: WechatClients;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials, releasedPages: ['packages/shop/product/index'] });
  wechat = await wechatClients(configFor(credentials, running.baseUrl), clock);
});
afterEach(() => running.close());

async function codeOf(kind: 'login' | 'phone', persona: string): Promise<string> {
  return String((await postJson(`${running.baseUrl}/device/${kind}-code`, { persona })).json.code);
}

function fault(kind: string, path: string, change: object = {}) {
  return postJson(`${running.baseUrl}/control/faults`, { kind, path, ...change });
}

function unwrap<T>(outcome: Outcome<T, string>): T {
  if (outcome.outcome !== 'ok') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

describe('WechatLoginClient', () => {
  it('turns a login code into openid and unionid, and keeps no session key', async () => {
    const session = unwrap(await wechat.login.codeToSession(await codeOf('login', 'xiaoyu')));
    expect(session).toEqual({
      openid: running.emulator.personas.named('xiaoyu')?.openid,
      unionid: running.emulator.personas.named('xiaoyu')?.unionid,
    });
  });

  it('says null for a unionid that WeChat does not give', async () => {
    const unbound = await startEmulator({ clock, credentials, withUnionid: false });
    const { code } = (await postJson(`${unbound.baseUrl}/device/login-code`, { persona: 'azhe' })).json;
    const { login } = await wechatClients(configFor(credentials, unbound.baseUrl), clock);
    expect(unwrap(await login.codeToSession(String(code))).unionid).toBeNull();
    await unbound.close();
  });

  it('refuses a code that was used: code_invalid', async () => {
    const code = await codeOf('login', 'xiaoyu');
    await wechat.login.codeToSession(code);
    expect(await wechat.login.codeToSession(code)).toMatchObject({ outcome: 'refused', reason: 'code_invalid' });
  });

  it('refuses a blocked person: user_blocked', async () => {
    await postJson(`${running.baseUrl}/control/personas/azhe`, { blocked: true });
    const refused = await wechat.login.codeToSession(await codeOf('login', 'azhe'));
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'user_blocked', code: '40226' });
  });

  it('says misconfigured when the secret is wrong', async () => {
    const { login } = await wechatClients(configFor(credentials, running.baseUrl, { appSecret: 'wrong' }), clock);
    const refused = await login.codeToSession(await codeOf('login', 'xiaoyu'));
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'misconfigured', code: '40125' });
  });

  it('says unknown, never refused, when WeChat is busy, late or unreachable', async () => {
    await fault('busy', '/sns/');
    expect(await wechat.login.codeToSession('any')).toMatchObject({ outcome: 'unknown', reason: 'busy' });
    await fault('delay', '/sns/', { delayMs: 2000 });
    const hasty = await wechatClients(configFor(credentials, running.baseUrl, { timeoutMs: 100 }), clock);
    expect(await hasty.login.codeToSession('any')).toMatchObject({ outcome: 'unknown', reason: 'timeout' });
    const nowhere = await wechatClients(configFor(credentials, 'http://127.0.0.1:9'), clock);
    expect(await nowhere.login.codeToSession('any')).toMatchObject({ outcome: 'unknown', reason: 'network' });
  });
});

describe('WechatAccessToken', () => {
  it('asks once for simultaneous callers and keeps the token until five minutes before its end', async () => {
    const issue = jest.spyOn(running.emulator.tokens, 'issue');
    const [one, two] = await Promise.all([wechat.token.current(), wechat.token.current()]);
    expect(unwrap(one)).toBe(unwrap(two));
    clock.advance(6_899_999);
    await wechat.token.current();
    expect(issue).toHaveBeenCalledTimes(1);
    clock.advance(1);
    expect(unwrap(await wechat.token.current())).not.toBe(unwrap(one));
    expect(issue).toHaveBeenCalledTimes(2);
  });

  it('reads the token again, once, when another process has replaced it', async () => {
    const stale = unwrap(await wechat.token.current());
    const { appId, appSecret } = credentials;
    const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, force_refresh: true };
    await postJson(`${running.baseUrl}/cgi-bin/stable_token`, body);
    const openid = running.emulator.personas.named('xiaoyu')?.openid ?? '';
    expect((await wechat.phone.phoneByCode(await codeOf('phone', 'xiaoyu'), openid)).outcome).toBe('ok');
    expect(unwrap(await wechat.token.current())).not.toBe(stale);
  });

  it('gives up after one retry: a token that is never taken is misconfigured, not a loop', async () => {
    const check = jest.spyOn(running.emulator.tokens, 'check').mockReturnValue(40001);
    const refused = await wechat.phone.phoneByCode('any', 'any');
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'misconfigured', code: '40001' });
    expect(check).toHaveBeenCalledTimes(2);
  });

  it('does not remember a failure', async () => {
    await fault('busy', '/cgi-bin/stable_token');
    expect(await wechat.token.current()).toMatchObject({ outcome: 'unknown', reason: 'busy' });
    expect((await wechat.token.current()).outcome).toBe('ok');
  });
});

describe('WechatPhoneClient', () => {
  it('turns a phone code into the phone of the person whose openid was named', async () => {
    const openid = running.emulator.personas.named('chenjing')?.openid ?? '';
    const phone = await wechat.phone.phoneByCode(await codeOf('phone', 'chenjing'), openid);
    expect(unwrap(phone)).toEqual({ phone: '13800138003', countryCode: '86' });
  });

  it("refuses another person's code and a login code: code_invalid", async () => {
    const openid = running.emulator.personas.named('azhe')?.openid ?? '';
    for (const code of [await codeOf('phone', 'xiaoyu'), await codeOf('login', 'azhe')]) {
      const refused = await wechat.phone.phoneByCode(code, openid);
      expect(refused).toMatchObject({ outcome: 'refused', reason: 'code_invalid' });
    }
  });
});

describe('WechatCodeClient', () => {
  it('gets an image that a scanner reads as page and scene', async () => {
    const image = await wechat.code.unlimitedCode({
      scene: 'K7QX2M9P',
      page: 'packages/shop/product/index',
      width: 300,
    });
    const { text, width } = scanPng(unwrap(image));
    const url = new URL(text ?? '');
    expect(width).toBe(300);
    expect(Object.fromEntries(url.searchParams)).toEqual({ scene: 'K7QX2M9P', page: 'packages/shop/product/index' });
  });

  it.each([
    [{ scene: '开衫', page: 'packages/shop/product/index' }, 'scene_invalid'],
    [{ scene: 'x'.repeat(33), page: 'packages/shop/product/index' }, 'scene_invalid'],
    [{ scene: 'scancode_time=1', page: 'packages/shop/product/index' }, 'scene_invalid'],
    [{ scene: '', page: 'packages/shop/product/index' }, 'scene_invalid'],
    [{ scene: 'a', page: '/packages/shop/product/index' }, 'page_unknown'],
    [{ scene: 'a', page: 'packages/shop/product/index?id=1' }, 'page_unknown'],
    [{ scene: 'a', page: 'packages/shop/product/index', width: 279 }, 'bad_argument'],
    [{ scene: 'a', page: 'packages/shop/product/index', width: 1281 }, 'bad_argument'],
  ])('§3: %j is refused as %s before anything is sent', async (request, reason) => {
    const refused = await wechat.code.unlimitedCode(request);
    expect(refused).toMatchObject({ outcome: 'refused', reason, code: 'unsent' });
  });

  it('tells the JSON of a failure from an image: a page that is not released', async () => {
    const refused = await wechat.code.unlimitedCode({ scene: 'a', page: 'packages/shop/draft/index' });
    expect(refused).toMatchObject({ outcome: 'refused', reason: 'page_unknown', code: '41030' });
  });

  it('takes a page that is not released yet when told not to check', async () => {
    const request = { scene: 'a', page: 'packages/shop/draft/index', checkPath: false };
    expect((await wechat.code.unlimitedCode(request)).outcome).toBe('ok');
  });
});

describe('WechatLinkClient', () => {
  /** What the emulator cannot be told to answer: one answer of api.weixin.qq.com to whatever is asked. */
  async function answering(answer: object) {
    const bodies: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on('end', () => {
        const isToken = request.url?.startsWith('/cgi-bin/stable_token');
        if (!isToken) bodies.push(body);
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(isToken ? { access_token: 't', expires_in: 7200 } : answer));
      });
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const { port } = server.address() as AddressInfo;
    const { link } = await wechatClients(configFor(credentials, `http://127.0.0.1:${port}`), clock);
    return { link, bodies, close: () => server.close() };
  }

  it('§3: asks by an interval of days, with the path and the query apart', async () => {
    const platform = await answering({ errcode: 0, errmsg: 'ok', url_link: 'https://wxaurl.cn/abc' });
    const wish = { page: 'pages/home/index', query: 's=7KQ2MXRB', days: 30 };
    expect(unwrap(await platform.link.urlLink(wish))).toBe('https://wxaurl.cn/abc');
    expect(platform.bodies.map((body) => JSON.parse(body))).toEqual([
      { path: '/pages/home/index', query: 's=7KQ2MXRB', expire_type: 1, expire_interval: 30 },
    ]);
    platform.close();
  });

  it.each([
    [44990, { outcome: 'unknown', reason: 'busy', errcode: 44990 }],
    [44993, { outcome: 'unknown', reason: 'busy', errcode: 44993 }],
    [85079, { outcome: 'refused', reason: 'unreleased' }],
    [85401, { outcome: 'refused', reason: 'expiry_invalid' }],
    [40165, { outcome: 'refused', reason: 'page_unknown' }],
    [40212, { outcome: 'refused', reason: 'query_invalid' }],
    [85407, { outcome: 'refused', reason: 'misconfigured' }],
  ])('§3: takes errcode %i for %j', async (errcode, outcome) => {
    const platform = await answering({ errcode, errmsg: 'x' });
    const wish = { page: 'pages/home/index', query: '', days: 1 };
    expect(await platform.link.urlLink(wish)).toMatchObject(outcome);
    platform.close();
  });

  it.each([
    [{ days: 31 }, 'expiry_invalid'],
    [{ days: 0 }, 'expiry_invalid'],
    [{ query: 'x'.repeat(1025) }, 'query_invalid'],
  ])('§3: %j is refused as %s before anything is sent', async (change, reason) => {
    const refused = await wechat.link.urlLink({ page: 'pages/home/index', query: '', days: 1, ...change });
    expect(refused).toMatchObject({ outcome: 'refused', reason, code: 'unsent' });
  });
});
