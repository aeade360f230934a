import { generateCredentials } from './generate-credentials.js';
import { type Answer, getJson, HandClock, postJson } from './merchant-for-tests.js';
import { scanPng } from './scan-for-tests.js';
import { type RunningEmulator, startEmulator } from './start-emulator.js';

// Scanning an image takes seconds where instrumented code runs on a busy machine.
jest.setTimeout(30_000);

const FIVE_MINUTES = 5 * 60_000;
// Making RSA keys takes longer than all the rest, so the file shares one set.
const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({
    clock,
    credentials,
    releasedPages: ['pages/home/index', 'packages/shop/product/index'],
  });
});
afterEach(() => running.close());

async function codeOf(kind: 'login' | 'phone', persona: string, appId?: string): Promise<string> {
  const answer = await postJson(`${running.baseUrl}/device/${kind}-code`, { persona, appId });
  return String(answer.json.code);
}

function login(change: Record<string, string>): Promise<Answer> {
  const { appId, appSecret } = running.credentials;
  const query = { appid: appId, secret: appSecret, grant_type: 'authorization_code', ...change };
  return getJson(`${running.baseUrl}/sns/jscode2session?${new URLSearchParams(query)}`);
}

function askToken(change: Record<string, unknown> = {}): Promise<Answer> {
  const { appId, appSecret } = running.credentials;
  const body = { grant_type: 'client_credential', appid: appId, secret: appSecret, ...change };
  return postJson(`${running.baseUrl}/cgi-bin/stable_token`, body);
}

async function api(path: string, body: unknown, token?: string): Promise<Answer> {
  const good = token ?? String((await askToken()).json.access_token);
  return postJson(`${running.baseUrl}${path}?access_token=${good}`, body);
}

describe('jscode2session', () => {
  it('answers openid, unionid and a session key', async () => {
    const first = await login({ js_code: await codeOf('login', 'xiaoyu') });
    const second = await login({ js_code: await codeOf('login', 'xiaoyu') });
    expect(first.json.openid).toHaveLength(28);
    expect(first.json.unionid).toHaveLength(28);
    expect(second.json.openid).toBe(first.json.openid);
    expect(second.json.session_key).toHaveLength(24);
  });

  it('gives two people two openids', async () => {
    const one = await login({ js_code: await codeOf('login', 'xiaoyu') });
    const other = await login({ js_code: await codeOf('login', 'some-tester') });
    expect(other.json.openid).not.toBe(one.json.openid);
  });

  it('leaves unionid out when no Open Platform account is bound', async () => {
    const unbound = await startEmulator({ withUnionid: false, credentials: running.credentials });
    const { code } = (await postJson(`${unbound.baseUrl}/device/login-code`, { persona: 'azhe' })).json;
    const { appId, appSecret } = running.credentials;
    const query = `appid=${appId}&secret=${appSecret}&grant_type=authorization_code&js_code=${code}`;
    const answer = await getJson(`${unbound.baseUrl}/sns/jscode2session?${query}`);
    await unbound.close();
    expect(Object.keys(answer.json).sort()).toEqual(['openid', 'session_key']);
  });

  it('refuses a reused code with 40029', async () => {
    const code = await codeOf('login', 'xiaoyu');
    expect((await login({ js_code: code })).json.errcode).toBeUndefined();
    expect((await login({ js_code: code })).json.errcode).toBe(40029);
  });

  it('takes a code one millisecond before five minutes and refuses it with 40029 at five minutes', async () => {
    const inTime = await codeOf('login', 'xiaoyu');
    const late = await codeOf('login', 'xiaoyu');
    clock.advance(FIVE_MINUTES - 1);
    expect((await login({ js_code: inTime })).json.errcode).toBeUndefined();
    clock.advance(1);
    expect((await login({ js_code: late })).json.errcode).toBe(40029);
  });

  it('refuses a code of another mini-program and a phone code with 40029', async () => {
    expect((await login({ js_code: await codeOf('login', 'xiaoyu', 'wxother') })).json.errcode).toBe(40029);
    expect((await login({ js_code: await codeOf('phone', 'xiaoyu') })).json.errcode).toBe(40029);
  });

  it('refuses a high-risk user with 40226', async () => {
    await postJson(`${running.baseUrl}/control/personas/azhe`, { blocked: true });
    expect((await login({ js_code: await codeOf('login', 'azhe') })).json.errcode).toBe(40226);
  });

  it.each([
    [{ secret: 'wrong' }, 40125],
    [{ secret: '' }, 41004],
    [{ appid: 'wxother' }, 40013],
    [{ appid: '' }, 41002],
    [{ grant_type: 'other' }, 40002],
    [{ js_code: '' }, 41008],
    [{ js_code: 'never-issued' }, 40029],
  ])('answers a query with %j by errcode %d and HTTP 200', async (change, errcode) => {
    const answer = await login({ js_code: await codeOf('login', 'xiaoyu'), ...change });
    expect([answer.status, answer.json.errcode]).toEqual([200, errcode]);
  });

  it('answers -1 while it is made busy, and spends no code', async () => {
    const code = await codeOf('login', 'xiaoyu');
    await postJson(`${running.baseUrl}/control/faults`, { kind: 'busy', path: '/sns/' });
    expect((await login({ js_code: code })).json.errcode).toBe(-1);
    expect((await login({ js_code: code })).json.openid).toBeDefined();
  });
});

describe('stable_token', () => {
  it('repeats the same token, and renews it when less than five minutes are left', async () => {
    const first = (await askToken()).json;
    expect(first.expires_in).toBe(7200);
    clock.advance(6_899_000);
    expect((await askToken()).json).toEqual({ access_token: first.access_token, expires_in: 301 });
    clock.advance(1000);
    expect((await askToken()).json.access_token).not.toBe(first.access_token);
  });

  it('kills the earlier token on force_refresh', async () => {
    const old = String((await askToken()).json.access_token);
    const forced = String((await askToken({ force_refresh: true })).json.access_token);
    expect(forced).not.toBe(old);
    expect((await api('/wxa/getwxacodeunlimit', { scene: 'a' }, old)).json.errcode).toBe(40001);
    expect((await api('/wxa/getwxacodeunlimit', { scene: 'a' }, forced)).status).toBe(200);
  });

  it('refuses a second forced refresh within 30 s with 45011 and the 21st of a day with 45009', async () => {
    expect((await askToken({ force_refresh: true })).json.errcode).toBeUndefined();
    expect((await askToken({ force_refresh: true })).json.errcode).toBe(45011);
    for (let count = 2; count <= 20; count += 1) {
      clock.advance(30_000);
      expect((await askToken({ force_refresh: true })).json.errcode).toBeUndefined();
    }
    clock.advance(30_000);
    expect((await askToken({ force_refresh: true })).json.errcode).toBe(45009);
  });

  it.each([
    [{ grant_type: 'authorization_code' }, 40002],
    [{ appid: '' }, 41002],
    [{ appid: 'wxother' }, 40013],
    [{ secret: '' }, 41004],
    [{ secret: 'wrong' }, 40125],
  ])('answers a body with %j by errcode %d', async (change, errcode) => {
    expect((await askToken(change)).json.errcode).toBe(errcode);
  });

  it('wants POST (43002), a body (44002) and JSON (47001)', async () => {
    const url = `${running.baseUrl}/cgi-bin/stable_token`;
    expect((await getJson(url)).json.errcode).toBe(43002);
    expect((await postJson(url, '')).json.errcode).toBe(44002);
    expect((await postJson(url, '{"grant_type":')).json.errcode).toBe(47001);
  });
});

describe('getuserphonenumber', () => {
  const path = '/wxa/business/getuserphonenumber';

  it('answers the phone of the person who gave the code, once', async () => {
    const code = await codeOf('phone', 'chenjing');
    const answer = await api(path, { code });
    expect(answer.json.phone_info).toMatchObject({ purePhoneNumber: '13800138003', countryCode: '86' });
    expect((await api(path, { code })).json.errcode).toBe(40029);
  });

  it('refuses an expired code and a login code with 40029', async () => {
    const late = await codeOf('phone', 'xiaoyu');
    clock.advance(FIVE_MINUTES);
    expect((await api(path, { code: late })).json.errcode).toBe(40029);
    expect((await api(path, { code: await codeOf('login', 'xiaoyu') })).json.errcode).toBe(40029);
    expect((await api(path, {})).json.errcode).toBe(40029);
  });

  it("refuses a code with another person's openid (40029) and takes it with the right one", async () => {
    const code = await codeOf('phone', 'xiaoyu');
    const { openid: other } = (await login({ js_code: await codeOf('login', 'azhe') })).json;
    const { openid } = (await login({ js_code: await codeOf('login', 'xiaoyu') })).json;
    expect((await api(path, { code, openid: other })).json.errcode).toBe(40029);
    expect((await api(path, { code, openid })).json.errcode).toBe(0);
  });

  it('refuses a code of another mini-program with 40013', async () => {
    expect((await api(path, { code: await codeOf('phone', 'xiaoyu', 'wxother') })).json.errcode).toBe(40013);
  });

  it('checks the token: 41001 missing, 40001 unknown, 42001 expired', async () => {
    const token = String((await askToken()).json.access_token);
    expect((await postJson(`${running.baseUrl}${path}`, {})).json.errcode).toBe(41001);
    expect((await api(path, {}, 'nonsense')).json.errcode).toBe(40001);
    clock.advance(7_200_000);
    expect((await api(path, {}, token)).json.errcode).toBe(42001);
  });
});

describe('getwxacodeunlimit', () => {
  const path = '/wxa/getwxacodeunlimit';

  async function decode(body: unknown): Promise<{ text: string | undefined; width: number }> {
    const token = (await askToken()).json.access_token;
    const init = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
    const response = await fetch(`${running.baseUrl}${path}?access_token=${token}`, init);
    expect(response.headers.get('content-type')).toBe('image/png');
    return scanPng(Buffer.from(await response.arrayBuffer()));
  }

  it.each([280, 600])('draws a code %d px wide that a scanner reads as page and scene', async (width) => {
    const scene = "aZ09!#$&'()*+,/:;=?@-._~";
    const code = await decode({ scene, page: 'packages/shop/product/index', width });
    const url = new URL(code.text ?? '');
    expect(code.width).toBe(width);
    expect(url.origin + url.pathname).toBe(`${running.baseUrl}/scan`);
    expect(Object.fromEntries(url.searchParams)).toEqual({ scene, page: 'packages/shop/product/index' });
  });

  it('draws up to 1280 px', async () => {
    const token = (await askToken()).json.access_token;
    const body = JSON.stringify({ scene: 'a', width: 1280 });
    const response = await fetch(`${running.baseUrl}${path}?access_token=${token}`, { method: 'POST', body });
    const image = Buffer.from(await response.arrayBuffer());
    expect([image.readUInt32BE(16), image.readUInt32BE(20)]).toEqual([1280, 1280]);
  });

  it('takes 430 px and the home page when none is named', async () => {
    const code = await decode({ scene: 'g=K7QX2M9P' });
    expect(code.width).toBe(430);
    expect(new URL(code.text ?? '').searchParams.get('page')).toBe('pages/home/index');
  });

  it.each([
    [{}, 40129],
    [{ scene: '' }, 40129],
    [{ scene: 'a%20b' }, 40129],
    [{ scene: '开衫' }, 40129],
    [{ scene: 'x'.repeat(33) }, 40169],
    [{ scene: 'a', page: '/pages/home/index' }, 41030],
    [{ scene: 'a', page: 'pages/home/index?x=1' }, 41030],
    [{ scene: 'a', page: 'pages/draft/index' }, 41030],
    [{ scene: 'a', width: 279 }, 40097],
    [{ scene: 'a', width: 1281 }, 40097],
    [{ scene: 'a', env_version: 'beta' }, 40097],
  ])('answers %j by errcode %d as JSON', async (body, errcode) => {
    expect((await api(path, body)).json.errcode).toBe(errcode);
  });

  it('takes 32 characters of scene, and an unreleased page when check_path is false', async () => {
    const code = await decode({ scene: 'x'.repeat(32), page: 'pages/draft/index', check_path: false });
    expect(new URL(code.text ?? '').searchParams.get('page')).toBe('pages/draft/index');
  });
});
