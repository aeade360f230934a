import { ask, eventually, type Opened, openProject, type Phone } from './host-for-tests.js';

/** Writes down what happens to it under a short name. */
const page = (name: string, more = '') => `
  const note = getApp().note;
  Page({
    ${['onLoad', 'onShow', 'onReady', 'onHide', 'onUnload', 'onTabItemTap']
      .map((life) => `${life}(said) { note('${name}.${life}', '${life}' === 'onShow' ? undefined : said) },`)
      .join('\n    ')}
    ${more}
  })`;

const FILES = {
  'app.json': JSON.stringify({
    pages: ['pages/a/index', 'pages/b/index', 'pages/c/index', 'pages/d/index', 'pages/e/index'],
    tabBar: {
      list: [
        { pagePath: 'pages/a/index', text: '甲' },
        { pagePath: 'pages/b/index', text: '乙' },
      ],
    },
  }),
  'app.js': `App({
    diary: [],
    note: (what, said) => { getApp().diary.push(said === undefined ? what : what + ' ' + JSON.stringify(said)) },
    onLaunch({ path, query, scene, referrerInfo }) { this.diary.push('app.onLaunch ' + JSON.stringify({ path, query, scene, referrerInfo })) },
    onShow({ scene, query }) { this.diary.push('app.onShow ' + JSON.stringify({ scene, query })) },
    onHide() { this.diary.push('app.onHide') },
    onError(words) { this.diary.push('app.onError ' + words.split('\\n')[0]) },
    onUnhandledRejection({ reason }) { this.diary.push('app.onUnhandledRejection ' + reason.message) },
    onPageNotFound({ path, isEntryPage }) { this.diary.push('app.onPageNotFound ' + path + ' ' + isEntryPage); wx.redirectTo({ url: '/pages/e/index' }) },
  })`,
  'pages/a/index.js': page('a'),
  'pages/a/index.wxml': '<view>a</view>',
  'pages/b/index.js': page('b'),
  'pages/b/index.wxml': '<view>b</view>',
  'pages/c/index.json': '{"usingComponents":{"part":"/components/part/index"}}',
  'pages/c/index.js': page('c', 'data: { more: false }, grow() { this.setData({ more: true }) }'),
  'pages/c/index.wxml':
    '<part id="first" class="part" name="first"/><part wx:if="{{more}}" class="part" name="second"/>',
  'pages/d/index.json': '{"usingComponents":{"part":"/components/part/index"}}',
  'pages/d/index.js': `Component({
    behaviors: [Behavior({ methods: { onLoad() { getApp().note('behavior.onLoad') }, borrowed() { return 'borrowed' } } })],
    lifetimes: { attached() { getApp().note('d.attached') }, ready() { getApp().note('d.ready') }, detached() { getApp().note('d.detached') } },
    pageLifetimes: { show() { getApp().note('d.show') }, hide() { getApp().note('d.hide') } },
    methods: {
      onLoad(query) { getApp().note('d.onLoad', query) }, onShow() { getApp().note('d.onShow') }, onReady() { getApp().note('d.onReady') },
      onHide() { getApp().note('d.onHide') }, onUnload() { getApp().note('d.onUnload') },
    },
  })`,
  'pages/d/index.wxml': '<view>d</view>',
  'pages/e/index.js': page('e', 'data: { late: [] }'),
  'pages/e/index.wxml': '<view>e</view><image wx:for="{{late}}" />',
  'components/part/index.json': '{"component":true}',
  'components/part/index.wxml': '<view class="inside" bindtap="fails">{{name}} {{shared}}</view>',
  'components/part/index.wxss': '.inside{color:rgb(0, 0, 255)}',
  'components/part/index.js': `
    const note = (part, what) => getApp().note(part.data.name + '.' + what);
    const sharing = Behavior({ data: { shared: 'by behavior' }, methods: { greet(word) { return word + ' ' + this.data.name } }, lifetimes: { attached() { note(this, 'behavior.attached') } } });
    Component({
      behaviors: [sharing],
      properties: { name: String },
      lifetimes: {
        attached() { note(this, 'attached') }, ready() { note(this, 'ready') }, detached() { note(this, 'detached') },
      },
      pageLifetimes: { show() { note(this, 'page show') }, hide() { note(this, 'page hide') } },
      methods: { fails() { throw new Error('inside the part') } },
    })`,
};

interface Part {
  greet(word: string): string;
  data: { shared: string };
}
interface OpenPage {
  setData(change: object): void;
  route: string;
  options: object;
  selectComponent(selector: string): Part | null;
  selectAllComponents(selector: string): Part[];
}
declare function getApp(): { diary: string[]; left?: OpenPage };
declare function getCurrentPages(): OpenPage[];
declare const wx: Record<string, (options?: object) => Promise<Record<string, never>>>;

let opened: Opened;
let phone: Phone;

const diary = () => phone.evaluate(() => getApp().diary.splice(0)) as Promise<string[]>;
const call = (method: string, options: object = {}) => phone.callWxMethod(method, options);
/** What happens by it. */
async function after(what: () => Promise<unknown>): Promise<string[]> {
  await diary();
  await what();
  await ask(phone, 'Host.settled');
  return diary();
}

beforeAll(async () => {
  opened = await openProject(FILES, ['--path', 'pages/c/index?scene=s%3DAb12&bare', '--scene', '1047']);
  phone = opened.phone;
}, 60_000);

afterAll(() => opened?.close());

describe("the order of things, as WeChat's documents have it", () => {
  it('a cold start: the app, then the components, then the page', async () => {
    expect(await diary()).toEqual([
      'app.onLaunch {"path":"pages/c/index","query":{"scene":"s%3DAb12","bare":""},"scene":1047,"referrerInfo":{}}',
      'app.onShow {"scene":1047,"query":{"scene":"s%3DAb12","bare":""}}',
      'first.behavior.attached',
      'first.attached',
      'c.onLoad {"scene":"s%3DAb12","bare":""}',
      'c.onShow',
      'first.page show',
      'first.ready',
      'c.onReady',
    ]);
  });

  it('a component that comes later is ready after it is attached, and hears of no show', async () => {
    const lines = await after(async () => {
      await (await phone.currentPage())?.callMethod('grow');
      await eventually(
        'the second',
        async () => (await (await phone.currentPage())?.$$('.part'))?.length,
        (n) => n === 2,
      );
    });
    expect(lines).toEqual(['second.behavior.attached', 'second.attached', 'second.ready']);
  });

  it('a page reaches its components, with what a behavior gave them', async () => {
    const said = await phone.evaluate(() => {
      const [top] = getCurrentPages();
      const first = top.selectComponent('#first');
      return [
        first?.greet('早'),
        first?.data.shared,
        top.selectAllComponents('.part').length,
        top.selectComponent('.none'),
      ];
    });
    expect(said).toEqual(['早 first', 'by behavior', 2, null]);
    const inside = await (await phone.currentPage())?.$('.inside');
    expect([await inside?.text(), await inside?.style('color')]).toEqual(['first by behavior', 'rgb(0, 0, 255)']);
  });

  it('navigateTo hides the page below and its components; a page of Component has both kinds of life', async () => {
    expect(await after(() => call('navigateTo', { url: '../d/index?a=1&bare' }))).toEqual([
      'c.onHide',
      'first.page hide',
      'second.page hide',
      'd.attached',
      'behavior.onLoad',
      'd.onLoad {"a":"1","bare":"undefined"}',
      'd.onShow',
      'd.show',
      'd.ready',
      'd.onReady',
    ]);
    expect(await phone.evaluate(() => getCurrentPages().map(({ route, options }) => [route, options]))).toEqual([
      ['pages/c/index', { scene: 's%3DAb12', bare: '' }],
      ['pages/d/index', { a: '1', bare: 'undefined' }],
    ]);
  });

  it('redirectTo unloads the page before it opens the other', async () => {
    expect(await after(() => call('redirectTo', { url: '/pages/e/index' }))).toEqual([
      'd.onUnload',
      'd.detached',
      'e.onLoad {}',
      'e.onShow',
      'e.onReady',
    ]);
  });

  it('going back unloads the page and shows the one below', async () => {
    expect(await after(() => call('navigateBack'))).toEqual([
      'e.onUnload',
      'c.onShow',
      'first.page show',
      'second.page show',
    ]);
  });

  it('going back by several unloads the uppermost first', async () => {
    await call('navigateTo', { url: '/pages/e/index' });
    await call('navigateTo', { url: '/pages/d/index' });
    expect(
      (await after(() => call('navigateBack', { delta: 2 }))).filter((line) => /Unload|onShow/.test(line)),
    ).toEqual(['d.onUnload', 'e.onUnload', 'c.onShow']);
  });

  it('to the background and back by a card: first the page hides, then the app; the enter options change, the launch options stay', async () => {
    const lines = await after(() => ask(phone, 'Host.enter', { url: 'pages/e/index?from=card', scene: 1007 }));
    expect(lines.filter((line) => !/^(first|second)/.test(line))).toEqual([
      'c.onHide',
      'app.onHide',
      'app.onShow {"scene":1007,"query":{"from":"card"}}',
      'c.onUnload',
      'e.onLoad {"from":"card"}',
      'e.onShow',
      'e.onReady',
    ]);
    expect(lines).toEqual(expect.arrayContaining(['first.detached', 'second.detached']));
    expect(await phone.callWxMethod('getLaunchOptionsSync')).toMatchObject({ path: 'pages/c/index', scene: 1047 });
    expect(await phone.callWxMethod('getEnterOptionsSync')).toMatchObject({ path: 'pages/e/index', scene: 1007 });
  });

  it('tabs stay alive; what is tapped hears of it after it is shown', async () => {
    expect(await after(() => call('switchTab', { url: '/pages/a/index' }))).toEqual([
      'e.onUnload',
      'a.onLoad {}',
      'a.onShow',
      'a.onReady',
    ]);
    await call('switchTab', { url: '/pages/b/index' });
    await call('navigateTo', { url: '/pages/e/index' });
    expect(await after(() => call('switchTab', { url: '/pages/a/index' }))).toEqual(['e.onUnload', 'a.onShow']);
    expect(await after(() => ask(phone, 'Host.tapTab', { index: 1 }))).toEqual([
      'a.onHide',
      'b.onShow',
      'b.onTabItemTap {"index":1,"pagePath":"pages/b/index","text":"乙"}',
    ]);
  });

  it('reLaunch unloads every page, tabs that are not shown included', async () => {
    const lines = await after(() => call('reLaunch', { url: '/pages/c/index' }));
    expect(lines.slice(0, 2).sort()).toEqual(['a.onUnload', 'b.onUnload']);
    expect(lines).toContain('c.onLoad {}');
  });

  it('keeps ten pages and refuses the eleventh', async () => {
    for (let depth = 1; depth < 10; depth += 1) await call('navigateTo', { url: '/pages/e/index' });
    await expect(call('navigateTo', { url: '/pages/e/index' })).rejects.toThrow(
      'navigateTo:fail webview count limit exceed',
    );
    expect(await phone.pageStack()).toHaveLength(10);
    await call('reLaunch', { url: '/pages/e/index' });
  });

  it('a page and the page that it opens talk over a channel of their own', async () => {
    const heard = await phone.evaluate(async () => {
      const lines: string[] = [];
      const { eventChannel } = await wx.navigateTo({
        url: '/pages/c/index',
        events: { answer: (word: string) => lines.push(`opener heard ${word}`) },
      });
      const opened = (getCurrentPages()[1] as unknown as { getOpenerEventChannel(): Channel }).getOpenerEventChannel();
      interface Channel {
        on(name: string, listener: (word: string) => void): void;
        emit(name: string, word: string): void;
      }
      opened.on('question', (word) => lines.push(`opened heard ${word}`));
      (eventChannel as Channel).emit('question', 'one');
      opened.emit('answer', 'two');
      await wx.navigateBack();
      return lines;
    });
    expect(heard).toEqual(['opened heard one', 'opener heard two']);
  });

  it('an address from outside whose page is gone goes to onPageNotFound', async () => {
    expect(await after(() => ask(phone, 'Host.enter', { url: 'pages/gone/index', scene: 1047 }))).toEqual([
      'e.onHide',
      'app.onHide',
      'app.onShow {"scene":1047,"query":{}}',
      'app.onPageNotFound pages/gone/index true',
      'e.onUnload',
      'e.onLoad {}',
      'e.onShow',
      'e.onReady',
    ]);
  });

  it('what is set on a page that was left is shown nowhere and is no error', async () => {
    await call('navigateTo', { url: '/pages/e/index' });
    await phone.evaluate(() => {
      getApp().left = getCurrentPages().at(-1);
    });
    await call('navigateBack');
    expect(await after(() => phone.evaluate(() => getApp().left?.setData({ late: [1] })))).toEqual([]);
  });

  it('what throws in a component, and a promise that nobody catches, are told to the app and fail the run', async () => {
    await call('redirectTo', { url: '/pages/c/index' });
    await diary();
    await (await (await phone.currentPage())?.$('.inside'))?.tap();
    await phone.evaluate(() => {
      setTimeout(() => void Promise.reject(new Error('nobody catches')));
    });
    const lines: string[] = [];
    await eventually(
      'both',
      async () => lines.push(...(await diary())),
      () => lines.length >= 2,
    );
    expect(lines).toEqual(['app.onError inside the part', 'app.onUnhandledRejection nobody catches']);
    phone.disconnect();
    opened.host.stop();
    expect((await opened.host.ended).code).toBe(1);
  });
});
