import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import automator from 'miniprogram-automator';
import { BENCH } from './bench-for-tests.js';
import { eventually, listen, type Opened, openProject, type Phone } from './host-for-tests.js';

const HOME = 'pages/bench/index';

type Method = (...args: unknown[]) => Promise<unknown>;
/** Kinds of element have methods that the SDK's types don't name. */
type Any = Record<string, Method>;

let platform: Server;
let opened: Opened;
let phone: Phone;
let folder = '';
/** Methods of the SDK that the tests have called, and those that there are. */
const called = new Set<string>();
const known = new Set<string>();
/** What went over the line. */
const sent = new Set<string>();

/** What the SDK's classes have for themselves. */
const INNER =
  /^(constructor|send|sendNative|getter|_property|changeRoute|checkVersion|callFunction|domProperty|windowProperty|on|disconnect|close)$/;

function watch(name: string, prototype: object): void {
  const methods = prototype as Record<string, Method>;
  for (const method of Object.getOwnPropertyNames(prototype)) {
    if (INNER.test(method)) continue;
    known.add(`${name}.${method}`);
    const original = methods[method];
    methods[method] = function recorded(this: unknown, ...args: unknown[]) {
      called.add(`${name}.${method}`);
      return original.apply(this, args);
    };
  }
}

/** Writes down the request, and the name of what it asks for where that is not in its own. */
function watchLine(): void {
  const { connection } = phone as unknown as { connection: { send(method: string, params: object): Promise<unknown> } };
  const original = connection.send.bind(connection);
  connection.send = (method, params) => {
    const { functionName, method: inner } = params as { functionName?: string; method?: string };
    sent.add(method);
    if (method === 'Element.callFunction') sent.add(`${method} ${functionName}`);
    if (method === 'Tool.native') sent.add(`${method} ${inner}`);
    return original(method, params);
  };
}

/** Stands in for WeChat: a cashier on which nobody pays. */
async function startPlatform(): Promise<string> {
  platform = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('收银台'));
  return `http://127.0.0.1:${await listen(platform)}`;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weapp-sdk-'));
  opened = await openProject(BENCH, ['--platform', await startPlatform()]);
  phone = opened.phone;
  watchLine();
  const page = await phone.currentPage();
  watch('MiniProgram', Object.getPrototypeOf(phone) as object);
  watch('Native', Object.getPrototypeOf(phone.native()) as object);
  watch('Page', Object.getPrototypeOf(page) as object);
  for (const kind of [
    'Element',
    'CustomElement',
    'InputElement',
    'ScrollViewElement',
    'SwiperElement',
    'SwitchElement',
    'MovableViewElement',
    'SliderElement',
    'ContextElement',
  ] as const) {
    watch(kind, (automator as unknown as Record<string, { prototype: object }>)[kind].prototype);
  }
  watch('TextareaElement', Object.getPrototypeOf(await element('.ta')) as object);
}, 90_000);

afterAll(async () => {
  await opened?.close();
  platform?.close();
  rmSync(folder, { recursive: true, force: true });
});

const bench = async () => {
  const found = (await phone.pageStack()).find(({ path }) => path === HOME);
  if (found === undefined) throw new Error('the bench is closed');
  return found;
};
async function element(selector: string) {
  const found = await (await bench()).$(selector);
  if (found === null) throw new Error(`there is no ${selector}`);
  return found;
}
const kind = async (selector: string) => (await element(selector)) as unknown as Any;
const hears = (line: string) =>
  eventually(
    line,
    async () => (await (await bench()).data('said')) as string[],
    (lines) => lines.includes(line),
  );
const on = (path: string) =>
  eventually(
    path,
    async () => (await phone.currentPage())?.path,
    (found) => found === path,
  );

describe('each method of the stock SDK (miniprogram-automator 0.12.1)', () => {
  it('MiniProgram: calls, functions and messages', async () => {
    expect(await phone.systemInfo()).toMatchObject({ screenWidth: 390, platform: 'devtools' });
    await phone.callWxMethod('setStorageSync', 'k', { v: 1 });
    expect(await phone.callWxMethod('getStorageSync', 'k')).toEqual({ v: 1 });
    expect(await phone.evaluate((a: number, b: number) => a + b, 1, 2)).toBe(3);
    const heard: unknown[] = [];
    phone.on('console', (message: { args: unknown[] }) => heard.push(...message.args));
    await phone.exposeFunction('tellTest', (word: string) => heard.push(`bound ${word}`));
    await phone.evaluate(() => {
      console.log('aloud');
      (globalThis as unknown as { tellTest(word: string): void }).tellTest('word');
    });
    await eventually(
      'both',
      async () => heard,
      () => heard.includes('aloud') && heard.includes('bound word'),
    );
  });

  it('MiniProgram: mocks, by value and by function, and their end', async () => {
    await phone.mockWxMethod('getNetworkType', { networkType: '2g' });
    expect(await phone.callWxMethod('getNetworkType')).toMatchObject({ networkType: '2g' });
    await phone.mockWxMethod('getStorageSync', (key: string, more: string) => `${key}${more}`, '!');
    expect(await phone.callWxMethod('getStorageSync', 'k')).toBe('k!');
    await phone.restoreWxMethod('getStorageSync');
    await phone.restoreWxMethod('getNetworkType');
    expect(await phone.callWxMethod('getStorageSync', 'k')).toEqual({ v: 1 });
  });

  it('MiniProgram: pictures of the screen', async () => {
    const path = join(folder, 'screen.png');
    await phone.screenshot({ path });
    expect(existsSync(path) && readFileSync(path).subarray(1, 4).toString()).toBe('PNG');
  });

  it('MiniProgram: goes to pages, and waits three seconds each time', async () => {
    const ways = [];
    ways.push(phone.navigateTo('/pages/next/index?a=1'));
    await on('pages/next/index');
    ways.push(phone.redirectTo('/pages/next/index?a=2'));
    await eventually(
      'the other',
      async () => (await phone.currentPage())?.query,
      (query) => query?.a === '2',
    );
    ways.push(phone.navigateBack());
    await on(HOME);
    ways.push(phone.switchTab('/pages/tab/index'));
    await on('pages/tab/index');
    ways.push(phone.reLaunch(`/${HOME}`));
    await on(HOME);
    expect((await Promise.all(ways)).map((page) => page?.path)).toContain(HOME);
    expect(await phone.pageStack()).toHaveLength(1);
  });

  it('Page: finds elements, reads and changes data, calls, measures and scrolls', async () => {
    const page = await bench();
    await page.waitFor(1);
    await page.waitFor('#box');
    await page.waitFor(async () => true);
    expect(await page.$$('.word')).toHaveLength(2);
    expect(await page.$('.none')).toBeNull();
    const byPath = page as unknown as Any;
    expect(await ((await byPath.xpath('//text[2]')) as Any).text()).toBe('乙');
    expect(await ((await byPath.getElementByXpath('//text[1]')) as Any).text()).toBe('甲');
    expect(await byPath.getElementsByXpath('//text')).toHaveLength(2);
    expect(await page.data('deep.list[1].a')).toBe(2);
    await page.setData({ word: '丙' });
    await eventually(
      'the word',
      async () => (await element('.word')).text(),
      (text) => text === '丙',
    );
    expect(await page.callMethod('join', 'a', 1)).toBe('a1');
    await expect(page.callMethod('none')).rejects.toThrow('page.none not exists');
    expect((await page.size()).width).toBe(390);
    expect((await page.size()).height).toBeGreaterThan(1500);
    await phone.pageScrollTo(300);
    expect(await page.scrollTop()).toBe(300);
    await phone.pageScrollTo(0);
  });

  it('Element: reads', async () => {
    const box = await element('#box');
    expect(await (await box.$('.word'))?.text()).toBe('丙');
    expect(await box.$$('.word')).toHaveLength(2);
    expect(await box.$('.none')).toBeNull();
    expect(await box.size()).toEqual({ width: 100, height: 40 });
    expect(await box.offset()).toEqual({ left: 20, top: 30 });
    expect(await box.attribute('class')).toBe('box red');
    expect(await box.attribute('data-kind')).toBe('a');
    expect(await box.style('color')).toBe('rgb(255, 0, 0)');
    expect(await box.wxml()).toBe('<text class="word">丙</text><text class="word">乙</text>');
    expect(await box.outerWxml()).toMatch(/^<view id="box" class="box red".*<\/view>$/);
    expect(await (await element('.sl')).property('max')).toBe('10');
    await expect((await element('.sl')).property('none')).rejects.toThrow('slider.none not exists');
    expect(await (await element('.in')).value()).toBe('');
  });

  it('Element: taps, touches and says', async () => {
    const box = await element('#box');
    await box.tap();
    await hears('tap a');
    await box.longpress();
    await hears('long press');
    const at = (clientX: number) => ({
      touches: [{ clientX, clientY: 40 }],
      changedTouches: [{ clientX, clientY: 40 }],
    });
    await box.touchstart(at(21));
    await box.touchmove(at(22));
    await box.touchend(at(23));
    for (const line of ['touchstart 21', 'touchmove 22', 'touchend 23']) await hears(line);
    await box.trigger('mine', { n: 7 });
    await hears('mine 7');
    await (box as unknown as Any).dispatchEvent({ eventName: 'mine', detail: { n: 8 } });
    await hears('mine 8');
  });

  it('kinds of element: each does what it is for', async () => {
    await (await kind('.in')).input('名');
    await hears('typed 名');
    expect(await (await element('.in')).value()).toBe('名');
    await (await kind('.ta')).input('注');
    await hears('typed 注');
    await (await kind('.sw')).tap();
    await hears('changed true');
    await (await kind('.sl')).slideTo(7);
    await hears('changed 5');
    await (await kind('.mv')).moveTo(500, 30);
    await hears('moved 180 30');
    expect([await (await kind('.mv')).property('x'), await (await kind('.mv')).property('y')]).toEqual([180, 30]);
    await (await kind('.sp')).swipeTo(1);
    await hears('swiped 1');
    const scroll = await kind('.sv');
    await scroll.scrollTo(50, 200);
    expect([await scroll.property('scrollLeft'), await scroll.property('scrollTop')]).toEqual([50, 200]);
    expect([await scroll.scrollWidth(), await scroll.scrollHeight()]).toEqual([300, 500]);
    const card = await kind('card');
    expect(await card.callMethod('add', 2)).toBe(3);
    await card.setData({ title: '新' });
    expect(await card.data()).toMatchObject({ title: '新', count: 3 });
    expect(await card.data('count')).toBe(3);
  });

  it('Native: answers the dialogs of WeChat and uses its bars', async () => {
    const native = phone.native();
    const asks = async (selector: string, answer: () => Promise<unknown>, line: string) => {
      await (await element(selector)).tap();
      await eventually(
        line,
        () => answer().then(() => '', String),
        (fault) => fault === '',
      );
      await hears(line);
    };
    await asks('.ask', () => native.confirmModal(), 'modal true');
    await asks('.ask', () => native.cancelModal(), 'modal false');
    await asks('.pay', () => native.closePaymentDialog(), 'requestPayment:fail cancel');
    await asks('.album', () => native.authorizeAllow(), "saveImageToPhotosAlbum:fail file doesn't exist");
    await (await element('.send')).tap();
    await native.shareConfirm();
    await (await element('.send')).tap();
    await native.shareCancel();
    await phone.callWxMethod('navigateTo', { url: '/pages/next/index' });
    await native.navigateLeft();
    await on(HOME);
    await native.switchTab({ url: '/pages/tab/index' });
    await on('pages/tab/index');
    await native.goHome();
    await on(HOME);
    await expect(native.authorizeCancel()).rejects.toThrow('there is no authorization');
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['remote', () => phone.remote(), 'there is no phone to debug on'],
    ['testAccounts', () => phone.testAccounts(), 'test accounts belong to DevTools'],
    ['stopAudits', () => phone.stopAudits(), 'audits belong to DevTools'],
    ['getTicket', () => phone.getTicket(), 'tickets belong to DevTools'],
    ['setTicket', () => phone.setTicket('t'), 'tickets belong to DevTools'],
    ['refreshTicket', () => phone.refreshTicket(), 'tickets belong to DevTools'],
    [
      'callPluginWxMethod',
      () => (phone as unknown as Any).callPluginWxMethod('p', 'login'),
      'plugins are not implemented',
    ],
    [
      'mockPluginWxMethod',
      () => (phone as unknown as Any).mockPluginWxMethod('p', 'login', {}),
      'plugins are not implemented',
    ],
    [
      'restorePluginWxMethod',
      () => (phone as unknown as Any).restorePluginWxMethod('p', 'login'),
      'plugins are not implemented',
    ],
    [
      'callContextMethod',
      async () => automator.ContextElement.prototype.callContextMethod.call(await element('#box'), 'play'),
      'video is not implemented',
    ],
  ])('what a local host does not have is refused at once: %s', async (_name, call, words) => {
    await expect(call()).rejects.toThrow(words);
  });

  it('nothing of the SDK was left out', async () => {
    await phone.close();
    expect([...known].filter((name) => !called.has(name))).toEqual([]);
    const of = (start: string) => [...sent].filter((name) => name.startsWith(start));
    expect(of('Element.callFunction ')).toHaveLength(11);
    expect(of('Tool.native ')).toHaveLength(10);
    const methods = [...sent].filter((name) => !name.includes(' '));
    // The SDK asks for it while it connects.
    expect(new Set([...methods, 'Tool.getInfo']).size).toBe(45);
    expect(await opened.host.ended).toMatchObject({ code: 0 });
  });
});
