import { ask, eventually, type Opened, openProject, type Phone, shownPage } from './host-for-tests.js';
import type { Files } from './project-for-tests.js';

/** Components as libraries write them: what they lean on without saying so. */
const COMPONENTS: Files = {
  'components/pane/index.json': '{"component":true}',
  'components/pane/index.wxss': ':host{flex-shrink:0;width:100%}.in{color:rgb(1, 2, 3)}:host .in{margin-left:3px}',
  'components/pane/index.wxml': '<view class="in"><slot/></view>',
  'components/pane/index.js': 'Component({})',
  'components/frame/index.json': '{"component":true}',
  'components/frame/index.wxml': '<view class="head"><slot name="head"/></view><view class="body"><slot/></view>',
  'components/frame/index.js': 'Component({ options: { virtualHost: true } })',
  'components/cell/index.json': '{"component":true}',
  'components/cell/drag.wxs': `function begin(event, owner) { owner.getState().from = event.touches[0].clientX; event.instance.addClass('held') }
    function move(event, owner) {
      owner.selectComponent('#inner').setStyle({ left: event.touches[0].clientX - owner.getState().from + 'px' });
    }
    function end(event, owner) {
      event.instance.removeClass('held');
      owner.callMethod('ended', { kind: event.instance.getDataset().kind });
      owner.triggerEvent('let', { from: owner.getState().from });
    }
    function widened(value, old, owner, own) {
      owner.selectComponent('#inner').setStyle('width:' + value + 'px');
      own.addClass('wide wide-' + value);
    }
    module.exports = { begin: begin, move: move, end: end, widened: widened };`,
  'components/cell/index.wxml': `<wxs src="./drag.wxs" module="drag"/>
    <view class="outer {{ended}}" data-kind="k" wide="{{wide}}" change:wide="{{drag.widened}}" bindtouchstart="{{drag.begin}}" bindtouchmove="{{off || drag.move}}" bindtouchend="{{drag.end}}"><view id="inner" class="inner" style="position:relative;height:{{height}}px">拖</view></view>`,
  'components/cell/index.js': `Component({ properties: { wide: Number }, data: { height: 80, ended: '' },
    methods: { ended({ kind }) { this.setData({ ended: 'ended-' + kind, height: 90 }) } } })`,
  'components/picks/index.json': '{"component":true}',
  'components/picks/index.wxml': '<view class="picks" bindtap="pick">{{list}}</view>',
  'components/picks/index.js': `Component({ data: { list: 0 },
    methods: { pick() { this.triggerEvent('pick', { picks: this, done: () => 7 }) }, fill(n) { this.setData({ list: n }) } } })`,
};

const using = (...names: string[]) =>
  JSON.stringify({ usingComponents: Object.fromEntries(names.map((name) => [name, `/components/${name}/index`])) });

const APP: Files = {
  'app.json': '{"pages":["pages/home/index","pages/press/index","pages/pull/index"]}',
  'pages/home/index.json': using('pane', 'frame', 'cell', 'picks'),
  'pages/home/index.wxml': `<cell wide="120" bindlet="let"/>
    <view class="track" style="display:flex;overflow:hidden"><pane class="first">甲</pane><pane>乙</pane></view>
    <frame><view class="content">内</view></frame>
    <view style="display:flex"><scroll-view class="bar" scroll-x>条</scroll-view></view><picks bindpick="pick"/>`,
  'pages/home/index.js': `Page({ data: { from: 0, done: 0 }, let(e) { this.setData({ from: e.detail.from }) },
    pick({ detail }) { detail.picks.fill(3); this.setData({ done: detail.done() }) } })`,
};

const PRESS: Files = {
  'pages/press/index.wxss': '.row{height:80px}.down{color:rgb(9, 8, 7)}.inner-down{color:rgb(7, 8, 9)}',
  'pages/press/index.wxml': `<view class="around" style="height:200px" hover-class="down further" hover-start-time="10" hover-stay-time="800">
      <view class="row inside" hover-class="inner-down" hover-start-time="10" hover-stay-time="800" hover-stop-propagation>内</view></view>
    <view class="row slow" hover-class="down" hover-start-time="100000">慢</view>
    <swiper previous-margin="30px" next-margin="75rpx" display-multiple-items="2" indicator-dots bindchange="moved"><swiper-item wx:for="{{[0,1,2]}}" wx:key="*this"><view class="i{{item}}" style="height:100%">{{item}}</view></swiper-item></swiper>`,
  'pages/press/index.js': `Page({ data: { moves: [] }, moved(e) { this.setData({ moves: this.data.moves.concat(e.detail.current) }) } })`,
};

const PULL: Files = {
  'pages/pull/index.json': '{"enablePullDownRefresh":true}',
  'pages/pull/index.wxml': `<scroll-view class="list" scroll-y refresher-enabled bindrefresherrefresh="list" style="height:300px">列</scroll-view>
    <scroll-view class="plain" scroll-y style="height:100px">列</scroll-view>`,
  'pages/pull/index.js': `Page({ data: { told: [] }, tell(who) { this.setData({ told: this.data.told.concat(who) }) },
    list() { this.tell('list') }, onPullDownRefresh() { this.tell('page'); wx.stopPullDownRefresh() } })`,
};

let opened: Opened;
let phone: Phone;

beforeAll(async () => {
  opened = await openProject({ ...COMPONENTS, ...APP, ...PRESS, ...PULL });
  phone = opened.phone;
}, 60_000);

afterAll(async () => {
  expect(await opened?.close()).toMatchObject({ said: expect.not.stringContaining('rror'), code: 0 });
});

async function found(selector: string) {
  const element = await (await shownPage(phone)).$(selector);
  if (element === null) throw new Error(`there is no ${selector}`);
  return element;
}
const width = async (selector: string) => (await (await found(selector)).size()).width;

it(':host is the element of the component whose style it is', async () => {
  expect(await width('.first')).toBe(390);
  expect(await (await found('.in')).style('margin-left')).toBe('3px');
});

it('a scroll-view is as wide as what it lies in, also in a row', async () => {
  expect(await width('.bar')).toBe(390);
});

it('what has no name goes into the slot without one, though multipleSlots is not set and another slot comes first', async () => {
  expect(await (await found('.body')).outerWxml()).toContain('内');
  expect(await (await found('.head')).outerWxml()).not.toContain('内');
});

describe('a handler in WXS', () => {
  const looks = async () => {
    const inner = await found('.inner');
    return `${await inner.style('left')} ${await inner.style('width')} ${await inner.style('height')}`;
  };

  it('of change: is told of the first value when the whole template is there', async () => {
    expect(await looks()).toBe('0px 120px 80px');
    expect((await (await found('.outer')).attribute('class')) ?? '').toContain('wide-120');
  });

  it('has the component with a state, and moves an element by a style that outlives the next setData', async () => {
    await ask(phone, 'Host.drag', { from: { x: 60, y: 130 }, to: { x: 90, y: 130 } });
    await eventually('the drag', looks, (now) => now === '30px 390px 90px');
    const outer = (await (await found('.outer')).attribute('class')) ?? '';
    expect(outer).toContain('ended-k');
    expect(outer).not.toContain('held');
    expect(await (await shownPage(phone)).data('from')).toBe(60);
  });
});

it('a component may hand itself and functions to its page: both are scripts', async () => {
  await (await found('.picks')).tap();
  await eventually(
    'the pick',
    async () => (await found('.picks')).text(),
    (text) => text === '3',
  );
  expect(await (await shownPage(phone)).data('done')).toBe(7);
});

describe('what stands under a finger', () => {
  beforeAll(() => phone.callWxMethod('reLaunch', { url: '/pages/press/index' }));

  const colour = async (selector: string) => (await found(selector)).style('color');
  const isClass = async (selector: string, name: string) =>
    ((await (await found(selector)).attribute('class')) ?? '').split(' ').includes(name);

  const end = (selector: string, name: string) =>
    eventually(
      'the end of the look',
      () => isClass(selector, name),
      (now) => !now,
    );
  const look = (selector: string, wanted: string) =>
    eventually(
      'the look',
      () => colour(selector),
      (now) => now === wanted,
    );

  it('wears its hover-class a moment longer than it is tapped', async () => {
    await (await found('.around')).tap();
    await look('.around', 'rgb(9, 8, 7)');
    expect(await isClass('.around', 'further')).toBe(true);
    expect(await isClass('.inside', 'inner-down')).toBe(false);
    await end('.around', 'down');
  });

  it('keeps the look to itself with hover-stop-propagation', async () => {
    await (await found('.inside')).tap();
    await look('.inside', 'rgb(7, 8, 9)');
    expect(await isClass('.around', 'down')).toBe(false);
    await end('.inside', 'inner-down');
  });

  it('does not show it before hover-start-time, and no more once the finger scrolls', async () => {
    await (await found('.slow')).tap();
    expect(await isClass('.slow', 'down')).toBe(false);
    // On what lies around, which would show it 800 ms long.
    await ask(phone, 'Host.drag', { from: { x: 50, y: 220 }, to: { x: 150, y: 220 } });
    expect(await isClass('.around', 'down')).toBe(false);
  });
});

it('a swiper shows several items between its margins, and ends where no place would be empty', async () => {
  const places = async () => {
    const items = await Promise.all([0, 1, 2].map((at) => found(`.i${at}`)));
    return Promise.all(items.map(async (item) => Math.round((await item.offset()).left)));
  };
  // 390 wide, less 30 and 39: two items of 160.5.
  expect(await places()).toEqual([30, 191, 351]);
  expect(await (await shownPage(phone)).$$('.wx-dots > .on')).toHaveLength(2);
  const swiped = async () => {
    const { left, top } = await (await found('.i1')).offset();
    await ask(phone, 'Host.drag', { from: { x: left + 100, y: top + 170 }, to: { x: left + 20, y: top + 170 } });
  };
  await swiped();
  await eventually('the move', places, (now) => now[1] === 30);
  await swiped();
  expect(await (await shownPage(phone)).data('moves')).toEqual([1]);
});

it('a list with a refresher takes the finger from a page that can be drawn down, another list does not', async () => {
  await phone.callWxMethod('reLaunch', { url: '/pages/pull/index' });
  const told = async () => JSON.stringify(await (await shownPage(phone)).data('told'));
  const pull = (y: number) => ask(phone, 'Host.drag', { from: { x: 100, y }, to: { x: 100, y: y + 160 } });
  await pull(130);
  await eventually('the list', told, (now) => now === '["list"]');
  await pull(430);
  await eventually('the page', told, (now) => now === '["list","page"]');
});
