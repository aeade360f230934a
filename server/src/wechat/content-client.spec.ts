import { generateCredentials } from '../../wechat-emulator/generate-credentials.js';
import { HandClock, postJson } from '../../wechat-emulator/merchant-for-tests.js';
import { type RunningEmulator, startEmulator } from '../../wechat-emulator/start-emulator.js';
import { openUserData, sessionSignature } from './open-data.js';
import { ContentScene } from './wechat.public.js';
import { configFor, type WechatClients, wechatClients } from './wechat-for-tests.js';

jest.setTimeout(30_000);

const credentials = generateCredentials();
let clock: HandClock;
let running: RunningEmulator;
let wechat: WechatClients;
let openid: string;

beforeEach(async () => {
  clock = new HandClock();
  running = await startEmulator({ clock, credentials });
  wechat = await wechatClients(configFor(credentials, running.baseUrl), clock);
  await device('open', {});
  openid = running.emulator.personas.named('xiaoyu')?.openid ?? '';
});
afterEach(() => running.close());

const device = async (name: string, body: object) =>
  (await postJson(`${running.baseUrl}/device/${name}`, { persona: 'xiaoyu', ...body })).json;
const lever = (name: string, body: object) => postJson(`${running.baseUrl}/control/${name}`, body);
const check = (content: string, timeoutMs?: number) =>
  wechat.content.checkText({ openid, scene: ContentScene.Profile, content }, timeoutMs);

describe('§9 WechatContentClient', () => {
  it('tells pass, risky and review apart, with the label', async () => {
    expect(await check('小雨')).toEqual({ outcome: 'ok', value: { suggest: 'pass', label: 100 } });
    expect(await check('辱骂')).toEqual({ outcome: 'ok', value: { suggest: 'risky', label: 20003 } });
    expect(await check('疑似辱骂')).toEqual({ outcome: 'ok', value: { suggest: 'review', label: 20003 } });
  });

  it('names a person whom WeChat has not seen for two hours, and a text that is repeated', async () => {
    await check('小雨');
    expect(await check('小雨')).toMatchObject({ outcome: 'refused', reason: 'repeated', code: '87020' });
    clock.advance(2 * 3_600_000);
    expect(await check('大雨')).toMatchObject({ outcome: 'refused', reason: 'user_not_seen', code: '61010' });
  });

  it('calls a foreign openid a fault of ours', async () => {
    const answer = await wechat.content.checkText({ openid: 'oOther', scene: ContentScene.Profile, content: '好' });
    expect(answer).toMatchObject({ outcome: 'refused', reason: 'misconfigured', code: '43104' });
  });

  it('does not send what is too long', async () => {
    expect(await check('字'.repeat(2_501))).toMatchObject({ outcome: 'refused', reason: 'too_long', code: 'unsent' });
    expect(await check('字'.repeat(2_500))).toMatchObject({ outcome: 'ok' });
  });

  it('tells the quota of a day from that of a minute, and waits no longer than it is told', async () => {
    await lever('content', { nextErrcode: 45009 });
    expect(await check('一')).toMatchObject({ outcome: 'unknown', reason: 'busy', errcode: 45009 });
    await lever('content', { nextErrcode: 45011 });
    expect(await check('二')).toMatchObject({ outcome: 'unknown', reason: 'busy', errcode: 45011 });
    await lever('faults', { kind: 'delay', path: '/wxa/msg_sec_check', delayMs: 2_000 });
    expect(await check('三', 100)).toMatchObject({ outcome: 'unknown', reason: 'timeout' });
  });
});

describe('§1 what a phone passes on sealed', () => {
  it('is opened with the session key of the login, and only for this mini-program', async () => {
    await device('login-code', {});
    const key = running.emulator.sessions.keyOf(openid) ?? '';
    const sealed = await device('user-data', { kind: 'phone' });
    const parts = { encryptedData: String(sealed.encryptedData), iv: String(sealed.iv) };
    expect(openUserData(parts, key, credentials.appId)).toMatchObject({
      outcome: 'opened',
      data: { purePhoneNumber: '13800138001' },
    });
    expect(openUserData(parts, key, 'wxother')).toEqual({ outcome: 'failed', reason: 'foreign_appid' });
    expect(running.emulator.sessions.isSignature(openid, sessionSignature(key))).toBe(true);
  });
});
