import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateCredentials } from '../generate-credentials.js';
import { getJson, HandClock, postJson } from '../merchant-for-tests.js';
import { type EmulatorOptions, type RunningEmulator, startEmulator } from '../start-emulator.js';

const credentials = generateCredentials();
const folder = mkdtempSync(join(tmpdir(), 'emulator-codes-'));
let clock: HandClock;
let running: RunningEmulator;

async function start(options: EmulatorOptions = {}): Promise<void> {
  running = await startEmulator({ clock, credentials, mallUrl: 'http://127.0.0.1:3000/#/', ...options });
}

beforeEach(async () => {
  clock = new HandClock();
  await start();
});
afterEach(() => running.close());
afterAll(() => rmSync(folder, { recursive: true }));

async function ask(path: string, body: object): Promise<Record<string, unknown>> {
  const grant = { grant_type: 'client_credential', appid: credentials.appId, secret: credentials.appSecret };
  const token = (await postJson(`${running.baseUrl}/cgi-bin/stable_token`, JSON.stringify(grant))).json.access_token;
  return (await postJson(`${running.baseUrl}/wxa/${path}?access_token=${token}`, JSON.stringify(body))).json;
}

const location = async (path: string): Promise<string> =>
  (await getJson(`${running.baseUrl}${path}`)).headers.get('location') ?? '';

describe('codes and links on the operator’s page', () => {
  it('are shown, and opened as somebody', async () => {
    await postJson(`${running.baseUrl}/control/codes`, JSON.stringify({ limits: { opensPerDay: 5 } }));
    const refused = String(
      (await ask('generate_urllink', { query: 's=<b>', expire_type: 1, expire_interval: 1 })).errcode,
    );
    expect(refused).toBe('40212');
    await ask('generate_urllink', { query: "s=7KQ2MXRB&x='", expire_type: 1, expire_interval: 1 });
    running.emulator.codeBook.keepCode("a&'b", 'pages/home/index');
    const { text } = await getJson(`${running.baseUrl}/`);
    for (const shown of ['小程序码', 'a&amp;&#39;b', '链接', 's=7KQ2MXRB&amp;x=&#39;', '打开 0 次', '长按识别']) {
      expect(text).toContain(shown);
    }
    expect(await location('/scan?scene=7KQ2MXR&page=pages/home/index&how=1049&as=azhe')).toBe(
      'http://127.0.0.1:3000/?as=azhe#/pages/home/index?scene=7KQ2MXR&wxscene=1049',
    );
    const picture = await getJson(`${running.baseUrl}/device/code-image?scene=a&page=pages/home/index`);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect((await getJson(`${running.baseUrl}/device/code-image?scene=%25&page=x`)).status).toBe(400);
  });

  it('open nothing foreign: neither another address nor another person’s name with markup', async () => {
    const away = await getJson(`${running.baseUrl}/device/open?link=https://evil.example.com/l/x`);
    expect([away.status, away.headers.has('location')]).toEqual([404, false]);
    expect(await location('/scan?scene=a&page=pages/home/index&as=%3Cb%3E')).not.toContain('as=');
  });

  it('survive a restart', async () => {
    const stateFile = join(folder, 'state.json');
    await running.close();
    await start({ stateFile });
    const { openlink } = await ask('generatescheme', { jump_wxa: { path: 'pages/home/index', query: 's=A' } });
    const path = `/device/open?${new URLSearchParams({ link: String(openlink) })}`;
    await location(path);
    await running.close();
    await start({ stateFile });
    expect(await location(path)).toContain('pages/home/index?s=A&wxscene=1065');
    expect(running.emulator.codeBook.allLinks().map(({ opened }) => opened)).toEqual([2]);
  });

  it.each([[{ nextErrcode: 7 }], [{ limits: { linksPerSecond: 'x' } }], [{ limits: { other: 1 } }]])(
    'take no lever %j',
    async (lever) => {
      expect((await postJson(`${running.baseUrl}/control/codes`, JSON.stringify(lever))).status).toBe(400);
    },
  );

  it('answer a chosen errcode once', async () => {
    await postJson(`${running.baseUrl}/control/codes`, JSON.stringify({ nextErrcode: 85407 }));
    const wish = { expire_type: 1, expire_interval: 1 };
    expect((await ask('generate_urllink', wish)).errcode).toBe(85407);
    expect((await ask('generate_urllink', wish)).errcode).toBe(0);
  });
});
