import { deepStrictEqual, ok, strictEqual } from 'node:assert/strict';
import { createDecipheriv, createHash, createHmac } from 'node:crypto';
import { ApiDesk } from './api-desk.js';
import { checksOf } from './check.js';
import type { Json } from './merchant.js';

const MINUTE_MS = 60_000;
const WRONG_PARTIES: readonly Readonly<Record<string, string>>[] = [
  { appid: '' },
  { appid: 'wx0' },
  { secret: '' },
  { secret: 'x' },
  { grant_type: 'x' },
];

const signatureOf = (sessionKey: unknown): string => createHmac('sha256', String(sessionKey)).update('').digest('hex');

function opened({ encryptedData, iv }: Json, sessionKey: unknown): Json {
  const bytes = (text: unknown): Buffer => Buffer.from(String(text), 'base64');
  const decipher = createDecipheriv('aes-128-cbc', bytes(sessionKey), bytes(iv));
  return JSON.parse(Buffer.concat([decipher.update(bytes(encryptedData)), decipher.final()]).toString('utf8')) as Json;
}

async function signed(desk: ApiDesk, path: string, change: Readonly<Record<string, string>> = {}): Promise<Json> {
  const { openid, session_key: key } = await desk.login(await desk.code('login'));
  const query = { openid: String(openid), signature: signatureOf(key), sig_method: 'hmac_sha256', ...change };
  return desk.get(path, query);
}

const codes = {
  'a login code is used once: then 40029': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const code = await desk.code('login');
    const { openid, session_key: key, unionid } = await desk.login(code);
    deepStrictEqual([typeof openid, typeof key, typeof unionid], ['string', 'string', 'string']);
    strictEqual((await desk.login(code)).errcode, 40029);
  },
  'a login code lives five minutes': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const [early, late] = [await desk.code('login'), await desk.code('login')];
    await desk.merchant.advance(5 * MINUTE_MS - 2_000);
    strictEqual((await desk.login(early)).errcode, undefined);
    await desk.merchant.advance(2_000);
    strictEqual((await desk.login(late)).errcode, 40029);
  },
  'a code of another mini-program, of the phone button or of nobody is 40029': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const wrong = [await desk.code('login', { appId: 'wxforeign' }), await desk.code('phone'), 'nobody'];
    const errcodes = [];
    for (const code of wrong) errcodes.push((await desk.login(code)).errcode);
    deepStrictEqual(errcodes, [40029, 40029, 40029]);
  },
  'a unionid comes only to a mini-program that is bound to the Open Platform': async (bench) => {
    const desk = await ApiDesk.open(bench, { withUnionid: false });
    deepStrictEqual(Object.keys(await desk.login(await desk.code('login'))).sort(), ['openid', 'session_key']);
  },
  'a high-risk user is 40226, the minute quota 45011': async (bench) => {
    const desk = await ApiDesk.open(bench);
    await desk.merchant.control('personas/azhe', { blocked: true });
    strictEqual((await desk.login(await desk.code('login', { persona: 'azhe' }))).errcode, 40226);
    await desk.merchant.control('quotas', { path: '/sns/jscode2session', perMinute: 1 });
    strictEqual((await desk.login(await desk.code('login'))).errcode, 45011);
  },
  'login wants this appid and its secret: 41002, 40013, 41004, 40125, 40002': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const code = await desk.code('login');
    const errcodes = [];
    for (const change of WRONG_PARTIES) errcodes.push((await desk.login(code, change)).errcode);
    deepStrictEqual(errcodes, [41002, 40013, 41004, 40125, 40002]);
    strictEqual((await desk.login(code)).errcode, undefined);
  },
} satisfies Parameters<typeof checksOf>[1];

const tokens = {
  'asking again repeats the token until five minutes before its end': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const first = await desk.stableToken();
    ok(Number(first.expires_in) <= 7_200);
    await desk.merchant.advance(114 * MINUTE_MS);
    strictEqual((await desk.stableToken()).access_token, first.access_token);
    await desk.merchant.advance(2 * MINUTE_MS);
    ok((await desk.stableToken()).access_token !== first.access_token);
  },
  'the earlier token still works while the new one is there, and is 42001 at its end': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const old = (await desk.stableToken()).access_token;
    await desk.merchant.advance(116 * MINUTE_MS);
    await desk.stableToken();
    const ask = async () =>
      (await desk.merchant.plain('POST', `/wxa/msg_sec_check?access_token=${old}`, { version: 1 })).json.errcode;
    strictEqual(await ask(), 40097);
    await desk.merchant.advance(4 * MINUTE_MS);
    strictEqual(await ask(), 42001);
  },
  'force_refresh kills earlier tokens (40001), works 20 times a day (45009) and 30 seconds apart (45011)': async (
    bench,
  ) => {
    const desk = await ApiDesk.open(bench);
    const force = async () => (await desk.stableToken({ force_refresh: true })).errcode;
    const old = (await desk.stableToken()).access_token;
    strictEqual(await force(), undefined);
    const reply = await desk.merchant.plain('POST', `/wxa/msg_sec_check?access_token=${old}`, { version: 2 });
    strictEqual(reply.json.errcode, 40001);
    strictEqual(await force(), 45011);
    for (let count = 2; count <= 20; count += 1) {
      await desk.merchant.advance(30_000);
      strictEqual(await force(), undefined);
    }
    await desk.merchant.advance(30_000);
    strictEqual(await force(), 45009);
  },
  'stable_token wants this appid and its secret (41002, 40013, 41004, 40125, 40002), and has quotas': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const errcodes = [];
    for (const change of WRONG_PARTIES) errcodes.push((await desk.stableToken(change)).errcode);
    deepStrictEqual(errcodes, [41002, 40013, 41004, 40125, 40002]);
    await desk.merchant.control('quotas', { path: '/cgi-bin/stable_token', perDay: 1 });
    deepStrictEqual([(await desk.stableToken()).errcode, (await desk.stableToken()).errcode], [undefined, 45009]);
  },
  'a call without token is 41001, by GET 43002, without body 44002, without JSON 47001': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const path = `/wxa/msg_sec_check?access_token=${(await desk.stableToken()).access_token}`;
    const raw = async (body: string) =>
      ((await (await fetch(desk.merchant.baseUrl + path, { method: 'POST', body })).json()) as Json).errcode;
    const missing = (await desk.merchant.plain('POST', '/wxa/msg_sec_check', {})).json.errcode;
    const got = (await desk.merchant.plain('GET', path)).json.errcode;
    deepStrictEqual([missing, got, await raw(''), await raw('{')], [41001, 43002, 44002, 47001]);
  },
} satisfies Parameters<typeof checksOf>[1];

const sessions = {
  'a login may replace the session key, and may keep it': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const keys: unknown[] = [];
    for (let count = 0; count < 40; count += 1) keys.push((await desk.login(await desk.code('login'))).session_key);
    const replaced = keys.filter((key, place) => place > 0 && key !== keys[place - 1]).length;
    ok(replaced > 0 && replaced < 39, `${replaced} of 39 logins replaced the key`);
  },
  'checksession takes the HMAC-SHA256 of the empty text under the session key, else 87009': async (bench) => {
    const desk = await ApiDesk.open(bench);
    strictEqual((await signed(desk, '/wxa/checksession')).errcode, 0);
    strictEqual((await signed(desk, '/wxa/checksession', { signature: signatureOf('other') })).errcode, 87009);
    strictEqual((await signed(desk, '/wxa/checksession', { openid: 'nobody' })).errcode, 40003);
  },
  'resetusersessionkey gives a new session key, and the old one is 87009': async (bench) => {
    const desk = await ApiDesk.open(bench);
    const { openid, session_key: old } = await desk.login(await desk.code('login'));
    const query = { openid: String(openid), signature: signatureOf(old), sig_method: 'hmac_sha256' };
    const { errcode, session_key: fresh } = await desk.get('/wxa/resetusersessionkey', query);
    strictEqual(errcode, 0);
    strictEqual((await desk.get('/wxa/checksession', query)).errcode, 87009);
    strictEqual((await desk.get('/wxa/checksession', { ...query, signature: signatureOf(fresh) })).errcode, 0);
  },
  'user data is sealed by AES-128-CBC under the session key, names the appid, and rawData is signed by SHA-1': async (
    bench,
  ) => {
    const desk = await ApiDesk.open(bench);
    const { openid, session_key: key } = await desk.login(await desk.code('login'));
    const data = await desk.device('user-data', {});
    strictEqual(data.signature, createHash('sha1').update(`${data.rawData}${key}`).digest('hex'));
    const whole = opened(data, key);
    deepStrictEqual([whole.openId, (whole.watermark as Json).appid], [openid, desk.merchant.agreed.appId]);
    const phone = opened(await desk.device('user-data', { kind: 'phone', appId: 'wxforeign' }), key);
    deepStrictEqual([phone.purePhoneNumber, (phone.watermark as Json).appid], ['13800138001', 'wxforeign']);
  },
} satisfies Parameters<typeof checksOf>[1];

export const loginChecks = checksOf('§1', { ...codes, ...tokens, ...sessions });
