import { eventually, type Opened, openProject, type Phone } from './host-for-tests.js';
import { KITCHEN } from './kitchen-for-tests.js';

let opened: Opened;
let phone: Phone;
const exceptions: string[] = [];

const call = (method: string, options: object = {}) => phone.callWxMethod(method, options);
const diary = () => phone.evaluate(() => getApp().diary.splice(0)) as Promise<string[]>;

declare function getApp(): { diary: string[] };
declare function getCurrentPages(): unknown[];

beforeAll(async () => {
  opened = await openProject(KITCHEN, ['--path', 'pages/home/index?a=%41', '--scene', '1007']);
  phone = opened.phone;
  phone.on('exception', ({ exception }: { exception: { message: string } }) => exceptions.push(exception.message));
}, 60_000);

afterAll(() => opened?.close());

async function shown() {
  const page = await phone.currentPage();
  if (page === undefined) throw new Error('there is no page');
  return page;
}

/** Taps what the selector names, on the page that is shown. */
async function tap(selector: string): Promise<void> {
  const element = await (await shown()).$(selector);
  if (element === null) throw new Error(`there is no ${selector}`);
  await element.tap();
}

async function said(): Promise<string[]> {
  return (await (await shown()).data('said')) as string[];
}

const hears = (line: string) => eventually(line, said, (lines) => lines.includes(line));

describe('a mini-program without a framework, driven by the stock SDK', () => {
  it('starts in the order of the documents, with the scene, and the query as it was written', async () => {
    expect(await diary()).toEqual([
      'app.onLaunch pages/home/index 1007',
      'app.onShow 1007 {"a":"%41"}',
      'home.onLoad {"a":"%41"} 1',
      'home.onShow',
      'home.onReady',
    ]);
  });

  it('lays out in units of the screen and by the names of WeChat', async () => {
    const page = await shown();
    expect(await (await page.$('#half'))?.size()).toEqual({ width: 195, height: 20 });
    const words = await page.$('view.say');
    expect(await words?.text()).toBe('早');
    expect(await words?.style('color')).toBe('rgb(0, 170, 0)');
    await page.setData({ word: '晚' });
    await eventually(
      'the word',
      async () => words?.text(),
      (text) => text === '晚',
    );
    expect(await (await page.xpath('//button[contains(@class,"go")]'))?.text()).toBe('去');
  });

  it('hides the page below and shows it again', async () => {
    await tap('.go');
    expect((await shown()).query).toEqual({ name: '%E9%99%88' });
    expect((await phone.pageStack()).map(({ path }) => path)).toEqual(['pages/home/index', 'pages/parts/index']);
    await phone.native().navigateLeft();
    expect(await diary()).toEqual(['home.onHide', 'home.onShow']);
    await call('switchTab', { url: '/pages/tab/index' });
    await phone.native().switchTab({ url: '/pages/home/index' });
    expect(await diary()).toEqual(['home.onHide', 'tab.onShow', 'home.onShow']);
  });

  it('says what happens to each component', async () => {
    await tap('.go');
    await tap('.inner');
    await hears('inner tap number');
    expect(await said()).not.toContain('outer');
    const page = await shown();
    await ((await page.$('.in')) as unknown as { input(text: string): Promise<void> }).input('abcdef');
    await hears('input abc');
    await ((await page.$('.ta')) as unknown as { input(text: string): Promise<void> }).input('注');
    await tap('.sw');
    await hears('change true');
    await tap('.l2');
    await hears('change "M"');
    await tap('.c1');
    await tap('.c2');
    await hears('change ["a","b"]');
    await (await page.$('.pk'))?.trigger('change', { value: 1 });
    await hears('change 1');
    await tap('.send');
    await hears('submit {"nick":"abc","note":"注","on":true,"size":"M","more":["a","b"]}');
    await ((await page.$('.sv')) as unknown as { scrollTo(x: number, y: number): Promise<void> }).scrollTo(0, 450);
    await hears('lower');
    await ((await page.$('.sp')) as unknown as { swipeTo(at: number): Promise<void> }).swipeTo(1);
    await hears('swipe 1');
    expect(await (await page.$('.rt'))?.text()).toBe('粗');
  });

  it('lets a component of the mini-program be read and called', async () => {
    const page = await shown();
    const card = (await page.$('card')) as unknown as {
      data(): Promise<object>;
      callMethod(name: string, ...args: unknown[]): Promise<unknown>;
    };
    expect(await card.data()).toMatchObject({ title: '卡片', count: 1 });
    expect(await card.callMethod('add', 2)).toBe(3);
  });

  it('asks through dialogs of its own, which native commands answer', async () => {
    await tap('.modal');
    await expect(phone.native().authorizeAllow()).rejects.toThrow('there is no authorization, but a modal');
    await expect(tap('.modal')).rejects.toThrow("is covered by <div.veil> of WeChat's");
    await phone.native().confirmModal();
    await hears('modal true');
    await tap('.modal');
    await phone.native().cancelModal();
    await hears('modal false');
    await expect(phone.native().confirmModal()).rejects.toThrow('there is no modal');
  });

  it('reaches the bottom by scrolling', async () => {
    await phone.pageScrollTo(9999);
    await hears('bottom');
    expect(await (await shown()).scrollTop()).toBeGreaterThan(500);
  });

  it('reaches the bottom again when the page has grown since, and not by scrolling on the same one', async () => {
    const bottoms = async () => (await said()).filter((line) => line === 'bottom').length;
    expect(await bottoms()).toBe(1);
    await phone.pageScrollTo(9990);
    await (await shown()).setData({ isLonger: true });
    await phone.pageScrollTo(99_999);
    await eventually('the new bottom', bottoms, (count) => count === 2);
  });

  it('replaces calls of wx and puts them back', async () => {
    await phone.mockWxMethod('getNetworkType', { networkType: '2g' });
    expect(await call('getNetworkType')).toMatchObject({ networkType: '2g' });
    await phone.restoreWxMethod('getNetworkType');
    expect(await call('getNetworkType')).toMatchObject({ networkType: 'wifi' });
    await phone.mockWxMethod('setStorage', (options: { key: string }) => ({
      errMsg: `setStorage:fail ${options.key}`,
    }));
    await expect(call('setStorage', { key: 'k', data: 1 })).rejects.toThrow('setStorage:fail k');
    await phone.restoreWxMethod('setStorage');
    await call('setStorage', { key: 'k', data: { deep: [1] } });
    expect(await call('getStorage', { key: 'k' })).toMatchObject({ data: { deep: [1] } });
  });

  it('has no browser in the logic layer', async () => {
    expect(await phone.evaluate(() => [typeof document, typeof window, getCurrentPages().length])).toEqual([
      'undefined',
      'undefined',
      2,
    ]);
  });

  it('does not tap what is covered', async () => {
    await call('navigateTo', { url: '/pages/cover/index' });
    await expect(tap('.below')).rejects.toThrow('<view.below> is covered by <view>');
    await call('navigateBack');
  });

  it('does not tap the page that a tap uncovers', async () => {
    // Anew: a page that no finger has touched yet still listens to a mouse.
    await call('reLaunch', { url: '/pages/home/index' });
    await call('navigateTo', { url: '/pages/cover/index' });
    await diary();
    await tap('.leave');
    await tap('.ground');
    expect(await diary()).toEqual(['home.onShow', 'home.ground']);
  });

  it('takes a picture of the screen', async () => {
    expect(
      Buffer.from((await phone.screenshot()) as string, 'base64')
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
  });

  it('has seen no error until now, and reports the first one with its place', async () => {
    expect(exceptions).toEqual([]);
    await phone.evaluate(() => (globalThis as unknown as { wx: undefined }).wx).catch(() => undefined);
    await expect(call('chooseInvoiceTitle')).rejects.toThrow('wx.chooseInvoiceTitle is not implemented by this host');
    await eventually(
      'the exception',
      async () => exceptions.length,
      (count) => count > 0,
    );
    expect(exceptions[0]).toContain('wx.chooseInvoiceTitle is not implemented');
  });

  it('ends with a code that is not zero when there was an error', async () => {
    phone.disconnect();
    opened.host.stop();
    expect(await opened.host.ended).toMatchObject({ code: 1 });
  });
});
