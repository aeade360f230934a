import type { Socket } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core';
import { toFile } from 'qrcode';
import WebSocket from 'ws';
import { connect, eventually, RunningHost } from './host-for-tests.js';
import { KITCHEN } from './kitchen-for-tests.js';
import { type WrittenProject, writeProject } from './project-for-tests.js';

const PORT = 9434;
const BENCH_PORT = 9435;
const BENCH = `http://127.0.0.1:${BENCH_PORT}`;

/** Says what it is given, keeps a note, sends itself too much. */
const NOTES = {
  'pages/notes/index.wxml': `<view class="note">{{note}}</view><button class="keep" bindtap="keep">记</button>
<button class="much" bindtap="much">多</button><button class="ask" bindtap="ask">问</button>
<button class="look" bindtap="look">看</button><button class="save" bindtap="save">存</button><button class="crash" bindtap="crash">坏</button><view class="from">{{from}}</view>
<picker class="day" mode="date" start="2026-01-10" end="2027-03-05" value="2026-01-31" bindchange="chose"><view>{{day || '日'}}</view></picker>`,
  'pages/notes/index.js': `Page({
    data: { note: '', from: '', day: '' },
    chose(e) { this.setData({ day: e.detail.value }) },
    onLoad(query) {
      const { scene } = wx.getEnterOptionsSync();
      this.setData({ note: wx.getStorageSync('note') || '没有', from: scene + ' ' + (query.from || query.scene || '') });
      console.warn('第一页', { scene });
    },
    keep() { wx.setStorageSync('note', '记下了'); this.setData({ note: '记下了' }) },
    crash() { this.setData({ much: 'x'.repeat(300000) }) },
    much() { this.setData({ much: 'x'.repeat(70000) }) },
    ask() { wx.request({ url: 'http://127.0.0.1:${BENCH_PORT}/nowhere', fail: () => undefined }) },
    save() {
      wx.downloadFile({
        url: 'http://127.0.0.1:${BENCH_PORT}/files/code.png',
        success: ({ tempFilePath }) => wx.saveImageToPhotosAlbum({ filePath: tempFilePath, fail: () => undefined }),
      });
    },
    look() { wx.previewImage({ urls: ['a.png', 'b.png', 'c.png'], current: 'b.png' }) },
    onShareAppMessage() {
      const card = { title: '看看这一页', path: '/pages/notes/index?from=plain' };
      return { ...card, promise: Promise.resolve({ ...card, path: '/pages/notes/index?from=A' }) };
    },
  })`,
};

let project: WrittenProject;
let host: RunningHost;
let browser: Browser;
let context: BrowserContext;
let bench: Page;

beforeAll(async () => {
  const app = JSON.parse(KITCHEN['app.json']) as { pages: string[] };
  app.pages.push('pages/notes/index');
  project = writeProject({ ...KITCHEN, ...NOTES, 'app.json': JSON.stringify(app) });
  await toFile(join(project.folder, 'code.png'), 'http://127.0.0.1/scan?page=pages/notes/index&scene=p%3D9');
  const people = ['--persona', 'a=顾客 小雨', '--persona', 'b=导购 陈静'];
  const ports = ['--auto-port', String(PORT), '--bench-port', String(BENCH_PORT)];
  const opened = ['--open', '--no-window', '--path', 'pages/notes/index'];
  host = new RunningHost(['auto', '--project', project.folder, ...ports, ...opened, ...people]);
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  [browser] = await Promise.all([
    chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] }),
    host.ready(),
  ]);
  context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  bench = await context.newPage();
  bench.setDefaultTimeout(10_000);
  await bench.goto(BENCH);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  host?.stop();
  await host?.ended;
  project?.remove();
});

const phone = (): FrameLocator => bench.frameLocator('iframe.seen');
const view = (): FrameLocator => phone().frameLocator('#pages iframe >> nth=-1');
const note = () => view().locator('.note').textContent();
const from = () => view().locator('.from').textContent();
const person = (id: string) => bench.locator(`.people [data-persona=${id}]`);
const line = (words: string) => bench.locator('#console li', { hasText: words }).last();

async function pressesUntil(press: () => Promise<unknown>, words: string): Promise<string> {
  await press();
  await line(words).waitFor();
  return line(words).innerText();
}

describe('the mini-program used by hand in any browser', () => {
  it('prints where, opens the first person’s phone and says each call, its answer and each setData with its size', async () => {
    expect(host.said).toContain(`use it by hand on ${BENCH}`);
    await view().locator('.note', { hasText: '没有' }).waitFor();
    expect(await line('wx.getStorageSync("note")').innerText()).toMatch(/小雨[\s\S]*ms/);
    expect(await line('setData pages/notes/index').innerText()).toMatch(/32 B · 共 32 B/);
    expect(await line('第一页 {"scene":1001}').getAttribute('data-tone')).toBe('warn');
  });

  it('marks a setData over 64 KB, sums up, and filters by kind', async () => {
    await view().locator('.much').click();
    await bench.locator('#console li[data-kind=data][data-tone=warn]', { hasText: '超过 64 KB' }).waitFor();
    await bench.locator('footer', { hasText: 'setData 2 次，共 68.4 KB，最大 68.4 KB' }).waitFor();
    await bench.locator('.tabs [data-kind=data]').click();
    expect(await line('第一页').isVisible()).toBe(false);
    expect(await line('超过 64 KB').isVisible()).toBe(true);
    await bench.locator('.tabs [data-kind=all]').click();
  });

  it('shows requests with their status, slow when the line is slow, and lost when there is none', async () => {
    const ask = () => view().locator('.ask').click();
    expect(await pressesUntil(ask, 'GET /nowhere')).toMatch(/404 · .* ms/);
    await bench.locator('#do-offline[aria-pressed=false]').click();
    await bench.locator('#do-offline[aria-pressed=true]').waitFor();
    expect(await pressesUntil(ask, 'net::ERR_INTERNET_DISCONNECTED')).toContain('GET');
    await bench.locator('#do-offline').click();
    await bench.locator('#do-offline[aria-pressed=false]').waitFor();
    await bench.locator('#do-slow').click();
    await ask();
    await bench.locator('#console li', { hasText: /404 · .* (1[5-9]|[2-9]\d)\d\d ms/ }).waitFor();
    await bench.locator('#do-slow').click();
  });

  it('offers in the picker of dates the days of the month to which she turns', async () => {
    await view().locator('.day').click();
    const column = (at: number) => phone().locator('.columns select').nth(at);
    expect(await column(2).locator('option').allTextContents()).toHaveLength(22);
    await column(1).selectOption({ label: '02' });
    expect(await column(2).locator('option:checked').textContent()).toBe('28');
    await column(0).selectOption({ label: '2027' });
    expect(await column(1).locator('option').allTextContents()).toEqual(['01', '02', '03']);
    await phone().locator('.sheet .yes').click();
    await view().locator('.day', { hasText: '2027-02-28' }).waitFor();
  });

  it('shows pictures that can be swiped, with a counter, and closes them by a tap', async () => {
    await view().locator('.look').click();
    const counter = phone().locator('.counter');
    await counter.filter({ hasText: '2 / 3' }).waitFor();
    const box = await phone().locator('.strip').boundingBox();
    const { x, y } = { x: (box?.x ?? 0) + 300, y: (box?.y ?? 0) + 400 };
    await bench.mouse.move(x, y);
    await bench.mouse.down();
    await bench.mouse.move(x - 150, y);
    await bench.mouse.up();
    await counter.filter({ hasText: '3 / 3' }).waitFor();
    await bench.mouse.click(x, y);
    await counter.waitFor({ state: 'detached' });
  });

  it('keeps the phones of two people apart, and lets one open cold by 1007 what the other has sent', async () => {
    await view().locator('.keep').click();
    await view().locator('.note', { hasText: '记下了' }).waitFor();
    await phone().locator('#capsule').click();
    await phone().locator('.box .yes').click();
    await bench.locator('.chat li', { hasText: '看看这一页' }).waitFor();
    await person('b').click();
    await bench.locator('.cover', { hasText: '导购 陈静 还没有打开小程序' }).waitFor();
    await bench.locator('.chat li [data-scene="1007"]').click();
    await view().locator('.from', { hasText: '1007 A' }).waitFor();
    expect(await note()).toBe('没有');
    await bench.locator('.notice', { hasText: '冷启动，场景值 1007' }).waitFor();
  });

  it('opens warm, by 1008 or 1047, where the mini-program runs already; the other phone goes on beside it', async () => {
    await bench.locator('.chat li [data-scene="1008"]').click();
    await view().locator('.from', { hasText: '1008 A' }).waitFor();
    await bench.locator('.notice', { hasText: '热启动，场景值 1008' }).waitFor();
    await bench.locator('.scan input[type=text]').fill('http://127.0.0.1/scan?page=pages/notes/index&scene=s%3D7');
    await bench.locator('.scan .main').click();
    await view().locator('.from', { hasText: '1047 s%3D7' }).waitFor();
    await person('a').click();
    expect(await note()).toBe('记下了');
    expect(await from()).toBe('1001 ');
  });

  it('scans the code of a picture that one has saved, or that is chosen from the disk', async () => {
    await view().locator('.save').click();
    await phone().locator('.box .yes').click();
    await bench.locator('.chat li', { hasText: '小雨 保存' }).waitFor();
    await person('b').click();
    await bench.locator('.chat li', { hasText: '小雨 保存' }).locator('button').click();
    await view().locator('.from', { hasText: '1047 p%3D9' }).waitFor();
    await bench
      .locator('#code-picture')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('a') });
    await bench.locator('.notice', { hasText: '这张图片里没有找到码' }).waitFor();
    await bench.locator('#code-picture').setInputFiles(join(project.folder, 'code.png'));
    await bench.locator('.notice', { hasText: '热启动，场景值 1047' }).waitFor();
    await person('a').click();
  });

  it('goes to the background and comes back, is closed and opened cold, and forgets what it kept when wiped', async () => {
    await bench.locator('#do-away').click();
    await bench.locator('.cover', { hasText: '小程序在后台' }).waitFor();
    await bench.locator('.cover .main').click();
    await person('a').and(bench.locator('[data-state=shown]')).waitFor();
    await bench.locator('#do-stop').click();
    await bench.locator('.cover .main').click();
    await view().locator('.go').waitFor();
    await bench.locator('.scan input[type=text]').fill('pages/notes/index');
    await bench.locator('.scan .main').click();
    await view().locator('.note', { hasText: '记下了' }).waitFor();
    await bench.locator('#do-wipe').click();
    await view().locator('.go').waitFor();
    await bench.locator('.scan .main').click();
    await view().locator('.note', { hasText: '没有' }).waitFor();
  });

  it('plays a finger with the mouse: one tap a press, drags lists and swipes', async () => {
    await bench.locator('.scan input[type=text]').fill('pages/parts/index');
    await bench.locator('.scan .main').click();
    await view().locator('.inner').click();
    const page = await view().locator('body').boundingBox();
    const drags = async (from: { x: number; y: number }, by: { x: number; y: number }) => {
      await bench.mouse.move(from.x, from.y);
      await bench.mouse.down();
      await bench.mouse.move(from.x + by.x, from.y + by.y, { steps: 4 });
      await bench.mouse.up();
    };
    const slide = await view().locator('.sp').boundingBox();
    await drags({ x: (slide?.x ?? 0) + 300, y: (slide?.y ?? 0) + 20 }, { x: -120, y: 4 });
    await drags({ x: (page?.x ?? 0) + 200, y: (page?.y ?? 0) + 600 }, { x: 0, y: -200 });
    const scrolled = () =>
      view()
        .locator('body')
        .evaluate(() => (document.scrollingElement as Element).scrollTop);
    expect(await eventually('the scroll', scrolled, (top) => top > 100)).toBeGreaterThan(150);
    const mini = await connect(PORT);
    const said = (await (await mini.currentPage())?.data('said')) as string[];
    expect(said.filter((words) => words.startsWith('inner'))).toEqual(['inner tap number']);
    expect(said).toContain('swipe 1');
    mini.disconnect();
  });

  it('says in red what goes wrong, such as a setData over 256 KB, with its place', async () => {
    await bench.locator('.scan input[type=text]').fill('pages/notes/index');
    await bench.locator('.scan .main').click();
    await view().locator('.crash').click();
    const fault = bench.locator('#console li[data-kind=fault][data-tone=bad]');
    expect(await fault.innerText()).toMatch(/carries 3000\d\d bytes, more than the 262144/);
    await bench.locator('.tabs [data-kind=fault] small', { hasText: '1' }).waitFor();
    expect(host.said).toContain('carries 3000');
    await bench.locator('#console-clear').click();
    expect(await bench.locator('#console li').count()).toBe(0);
  });

  it('is driven by the SDK beside: the phone that is shown', async () => {
    const mini = await connect(PORT);
    expect((await mini.currentPage())?.path).toBe('pages/notes/index');
    await (await (await mini.currentPage())?.$('.keep'))?.tap();
    await eventually('the note', note, (words) => words === '记下了');
    await expect(mini.screenshot()).rejects.toThrow('start it without --open');
    mini.disconnect();
  });

  it.each([
    ['the phones', `ws://127.0.0.1:${BENCH_PORT}/line`, 403],
    ['what drives them', `ws://127.0.0.1:${PORT}`, 401],
  ])('gives no line to %s to a page of another site', async (_what, address, refusal) => {
    for (const origin of ['http://shop.example', 'null']) {
      const refused = new WebSocket(address, { origin });
      const status = await new Promise((resolve) => {
        refused.on('unexpected-response', (_request, response) => resolve(response.statusCode));
        refused.on('open', () => resolve('opened'));
        refused.on('error', () => undefined);
      });
      refused.terminate();
      expect(status).toBe(refusal);
    }
  });

  it('outlives whatever a browser asks for, and a line that breaks', async () => {
    const status = async (path: string) => (await fetch(BENCH + path)).status;
    expect(await status('/files/100%.png')).toBe(400);
    expect(await status('/files/%00.png')).toBe(400);
    expect(await status('/constructor/a')).toBe(404);
    expect(await status('/toString')).toBe(404);
    const broken = new WebSocket(`ws://127.0.0.1:${PORT}`);
    await new Promise((resolve) => broken.on('open', resolve));
    // Not as the protocol wants it: a client's bytes are masked.
    (broken as unknown as { _socket: Socket })._socket.write(Buffer.from([0x81, 0x01, 0x61]));
    await new Promise((resolve) => broken.on('close', resolve));
    expect(await status('/')).toBe(200);
    expect(host.said).toContain('a line was closed');
  });

  it('moves to the window that opened it last', async () => {
    const second = await context.newPage();
    await second.goto(BENCH);
    await bench.locator('.notice', { hasText: '已在另一个窗口打开' }).waitFor();
    await second.close();
  });
});
