import { ask, eventually, type Opened, openProject, type Phone, shownPage } from './host-for-tests.js';
import type { Files } from './project-for-tests.js';

/** A library as DevTools put it into a mini-program, written as the libraries of others are. */
const LIBRARY: Files = {
  'miniprogram_npm/words/index.js': `import { mark } from './mark';
    class Image { get word() { return '包' + mark } }
    export const word = new Image().word;
    export default { word };`,
  'miniprogram_npm/words/mark.js': `export const mark = '一';`,
  'miniprogram_npm/lib/wxs/kinds.wxs':
    'function isArray(a) { return a.constructor === "Array" } module.exports = { isArray: isArray };',
  'miniprogram_npm/lib/wxs/utils.wxs': `var kinds = require('./kinds.wxs');
    function say(given) { return kinds.isArray(given) ? given.join('+') : given.constructor + getRegExp('^\\D+\\.?$').test(given) }
    module.exports = { say: say };`,
  'miniprogram_npm/lib/cell/index.json': '{"component":true}',
  'miniprogram_npm/lib/cell/index.wxml': `<wxs src="../wxs/utils.wxs" module="utils"/><wxs module="own">module.exports = { less: function (a, n) { return a.constructor === 'Number' && a<n } }</wxs>
    <view class="cell custom" a="1" a="2">{{utils.say(list)}} {{utils.say(title)}} {{own.less(1, 2)}} {{dataset.kind}}</view>`,
  'miniprogram_npm/lib/cell/index.js':
    'import { word } from "words"; Component({ properties: { list: Array, title: { type: String, value: word }, dataset: Object } })',
  'miniprogram_npm/lib/field/index.json': '{"component":true}',
  'miniprogram_npm/lib/field/index.wxml': '<input value="{{value}}"/>',
  'miniprogram_npm/lib/field/index.js':
    'Component({ behaviors: ["wx://form-field"], options: { virtualHost: true }, attached() { this.setData({ value: "甲" }) } })',
  'miniprogram_npm/lib/links.js': 'module.exports = { group: Behavior({}), item: Behavior({}) }',
  'miniprogram_npm/lib/group/index.json': '{"component":true}',
  'miniprogram_npm/lib/group/index.wxml': '<view class="row">{{linked}}</view><slot/>',
  'miniprogram_npm/lib/group/index.js': `Component({
    behaviors: ['wx://component-export', require('../links').group], export() { return { secret: this.data.linked } }, data: { linked: 0 },
    relations: { member: { type: 'descendant', target: require('../links').item, linked() { this.setData({ linked: this.data.linked + 1 }) } } },
    ready() { this.createSelectorQuery().selectAll('.row').fields({ computedStyle: ['color'] }, (rows) => this.triggerEvent('rows', rows.map(({ color }) => color))).exec() },
  })`,
  'miniprogram_npm/lib/item/index.json': '{"component":true}',
  'miniprogram_npm/lib/item/index.wxml': '<view class="row">项</view>',
  'miniprogram_npm/lib/item/index.js':
    'const { group, item } = require("../links"); Component({ behaviors: [item], relations: { head: { type: "ancestor", target: group } } })',
  // Nobody uses it: that it lacks something is nobody's fault.
  'miniprogram_npm/lib/unused/index.json': '{"component":true,"usingComponents":{"gone":"../gone/index"}}',
  'miniprogram_npm/lib/unused/index.wxml': '<gone><magic/></gone>',
};

const SAYING = 'data: { said: [] }, say(e) { this.data.said.push(e.detail) }';

const APP: Files = {
  'app.json': JSON.stringify({
    pages: ['pages/home/index', 'pages/swipe/index', 'pages/seen/index', 'pages/made/index'],
    usingComponents: { 'lib-cell': 'lib/cell/index' },
  }),
  'app.wxss': '.row{color:rgb(1, 2, 3)}',
  'pages/home/index.json': JSON.stringify({
    usingComponents: { 'lib-field': 'lib/field/index', group: 'lib/group', item: 'lib/item/index' },
  }),
  'pages/home/index.wxml': `<lib-cell list="{{[1,2]}}" dataset="{{ {kind:'种'} }}"/>
    <form bindsubmit="say"><lib-field name="who"/><input name="note" value="乙"/><button class="send" form-type="submit">交</button></form>
    <group id="g" bindrows="say"><item/><item/></group>`,
  'pages/home/index.js': `const { word } = require('words');
    Page({ ${SAYING}, onLoad() { this.data.said.push(word) },
      linked() { return this.selectComponent('#g').secret } })`,
  'pages/swipe/index.wxml': `<swiper class="a" indicator-dots indicator-active-color="rgb(9, 9, 9)" autoplay="{{moves}}" interval="60" bindchange="say"><swiper-item wx:for="{{[0,1,2]}}" wx:key="*this" item-id="i{{item}}">{{item}}</swiper-item></swiper>
    <swiper class="b" circular vertical style="height:200px" bindchange="say"><swiper-item>甲</swiper-item><swiper-item><view class="second">乙</view></swiper-item></swiper>`,
  'pages/swipe/index.js': `Page({ ${SAYING} })`,
  'pages/made/index.wxml':
    '<view class="made">{{id}} {{name}} {{sum}} {{twice}} {{inside}}</view><input class="in" model:value="{{word}}"/><view class="word" animation="{{moves}}">{{word}}</view>' +
    '<scroll-view scroll-y refresher-enabled refresher-triggered="{{isBusy}}" bindrefresherrefresh="refresh" style="position:fixed;top:100px;left:0;width:100%;height:500px"><view>列</view></scroll-view>',
  'pages/made/index.js': `
    const doubles = Behavior({ lifetimes: { attached() { this.setData({ behaved: 1 }) } }, definitionFilter(target) {
      target.observers.sum = function (sum) { this.setData({ twice: sum * target.factor }) };
    } });
    Component({ behaviors: [doubles], factor: 2, properties: { id: Number, name: { type: String, value: '无' } },
      data: { a: 1, b: { c: 1 }, sum: 0, inside: 0, word: '词', told: [], refreshed: 0, isBusy: false },
      observers: { 'a, b.c'(a, c) { this.setData({ sum: a + c }) }, 'b.**'() { this.setData({ inside: this.data.inside + 1 }) }, word(word) { this.data.told.push(word) } },
      methods: { animate() { this.setData({ moves: wx.createAnimation({ duration: 20 }).translateX(10).step().opacity(0.5).step().export() }) }, refresh() { this.data.refreshed += 1 }, onLoad() { this.setData({ a: this.properties.id, 'b.c': 4 }) }, dig() { this.setData({ 'b.d.e': 1 }) } } })`,
  'pages/seen/index.json': '{"usingComponents":{"lazy":"/components/lazy/index"}}',
  'components/lazy/index.json': '{"component":true}',
  'components/lazy/index.wxml': '<view class="box" data-n="1" style="height:50px">{{shown}}</view>',
  'components/lazy/index.js': `Component({ data: { shown: '未见' }, lifetimes: {
    ready() {
      const watch = this.createIntersectionObserver();
      watch.relativeToViewport({ bottom: 20 }).observe('.box', ({ intersectionRatio, dataset }) => {
        this.setData({ shown: '见 ' + dataset.n });
        watch.disconnect();
        this.triggerEvent('seen', intersectionRatio > 0);
      });
    },
  } })`,
  'pages/seen/index.wxml': `<lazy class="near" bindseen="say"/>
    <scroll-view class="list" scroll-y style="height:100px"><view style="height:300px">上</view><view class="mark" style="height:50px">标</view></scroll-view>
    <view class="mark" style="height:2000px"></view><lazy class="far" bindseen="say"/>`,
  'pages/seen/index.js': `Page({ ${SAYING}, onLoad() {
    this.createIntersectionObserver({ thresholds: [0, 1] }).relativeTo('.list').observe('.mark', (e) => this.data.said.push('mark ' + e.intersectionRatio));
  } })`,
};

let opened: Opened;
let phone: Phone;

beforeAll(async () => {
  opened = await openProject({ ...LIBRARY, ...APP });
  phone = opened.phone;
}, 60_000);

afterAll(async () => {
  expect(await opened?.close()).toMatchObject({ said: expect.not.stringContaining('rror'), code: 0 });
});

const page = () => shownPage(phone);
const said = async () => (await (await page()).data('said')) as unknown[];
const hears = (what: string, isGood: (all: unknown[]) => boolean) => eventually(what, said, isGood);
const opens = (url: string) => phone.callWxMethod('reLaunch', { url });
const textOf = async (selector: string) => (await (await page()).$(selector))?.text();

describe('packages from miniprogram_npm', () => {
  it('are found by name, by a component of app.json, a page and a script; their modules run, and their WXS', async () => {
    expect(await said()).toContain('包一');
    expect(await textOf('.cell')).toBe('1+2 Stringtrue true 种');
  });

  it('a form sends what a component with wx://form-field holds, also one without an element', async () => {
    await (await (await page()).$('.send'))?.tap();
    await hears('the form', (all) => JSON.stringify(all.at(-1)) === '{"value":{"note":"乙","who":"甲"}}');
  });

  it('relations by a behavior are linked, and wx://component-export says what selectComponent gives', async () => {
    const linked = () => page().then((shown) => shown.callMethod('linked'));
    await eventually('both', linked, (count) => count === 2);
  });
});

it('createSelectorQuery of a component finds what its own template has, with its computed style', async () => {
  await opens('/pages/home/index');
  await hears('the rows', (all) => all.some((each) => JSON.stringify(each) === '["rgb(1, 2, 3)"]'));
});

describe('a page that Component makes', () => {
  const made = (words: string) =>
    eventually(
      words,
      () => textOf('.made'),
      (text) => text === words,
    );

  it('has properties from its address, observers, and what definitionFilter of a behavior makes of it', async () => {
    await opens('/pages/made/index?id=3');
    await made('3 无 7 14 1');
    expect(await (await page()).data('behaved')).toBe(1);
    await (await page()).callMethod('dig');
    await made('3 无 7 14 2');
  });

  it('takes what she writes into a field with model:, shows it, and its observers hear of it', async () => {
    const field = (await (await page()).$('.in')) as unknown as { input(text: string): Promise<void> };
    await field.input('新词');
    await eventually(
      'the word',
      () => textOf('.word'),
      (text) => text === '新词',
    );
    expect(await (await page()).data()).toMatchObject({ word: '新词', told: ['新词'] });
  });
});

describe('a swiper', () => {
  beforeAll(() => opens('/pages/swipe/index'));

  it('draws its dots, moves by itself when it shall, and begins again after the last', async () => {
    expect(await (await page()).$$('.a .wx-dots > i')).toHaveLength(3);
    expect(await (await page()).$$('.b .wx-dots > i')).toHaveLength(0);
    await (await page()).setData({ moves: true });
    await hears('four moves', (all) => all.length >= 4);
    await (await page()).setData({ moves: false });
    expect((await said()).slice(0, 4)).toEqual(
      [1, 2, 0, 1].map((current) => ({ current, currentItemId: `i${current}`, source: 'autoplay' })),
    );
  });

  it('in a circle goes on from the last to the first under a finger that moves up', async () => {
    const before = (await said()).length;
    const up = () => ask(phone, 'Host.drag', { from: { x: 100, y: 400 }, to: { x: 100, y: 300 } });
    await up();
    await hears('the second', (all) => all.length === before + 1);
    await up();
    const all = await hears('the first again', (now) => now.length === before + 2);
    expect(all.slice(before)).toMatchObject([
      { current: 1, source: 'touch' },
      { current: 0, source: 'touch' },
    ]);
  });
});

it('an exported animation is played step after step', async () => {
  await opens('/pages/made/index');
  await (await page()).callMethod('animate');
  const looks = async () => {
    const word = await (await page()).$('.word');
    return [await word?.style('transform'), await word?.style('opacity')].join(' ');
  };
  await eventually('the animation', looks, (now) => now === 'matrix(1, 0, 0, 1, 10, 0) 0.5');
});

it('a scroll-view that she draws down at its top asks for what is new, once until that is taken back', async () => {
  await opens('/pages/made/index');
  const count = async () => (await (await page()).data('refreshed')) as number;
  const times = (wanted: number) => eventually('the refresher', count, (now) => now === wanted);
  const pull = (by: number) => ask(phone, 'Host.drag', { from: { x: 100, y: 300 }, to: { x: 100, y: 300 + by } });
  await pull(30);
  await pull(150);
  await times(1);
  await pull(150);
  expect(await count()).toBe(1);
  await (await page()).setData({ isBusy: true });
  await (await page()).setData({ isBusy: false });
  await pull(150);
  await times(2);
});

describe('createIntersectionObserver', () => {
  it('tells a component what it sees of its own, once it is seen, and nothing after disconnect', async () => {
    await opens('/pages/seen/index');
    await hears('the near one', (all) => all.includes(true));
    expect(await said()).toEqual([true]);
    await phone.pageScrollTo(3000);
    await hears('the far one', (all) => all.length === 2);
    await phone.pageScrollTo(0);
  });

  it('tells a page what is seen of a list, from its first element and not from others', async () => {
    const list = (await (await page()).$('.list')) as unknown as { scrollTo(x: number, y: number): Promise<void> };
    await list.scrollTo(0, 400);
    await hears('the mark', (all) => all.at(-1) === 'mark 1');
    await list.scrollTo(0, 0);
    await hears('it is gone', (all) => all.at(-1) === 'mark 0');
  });
});
