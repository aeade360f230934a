import { ask, eventually, type Opened, openProject, type Phone, shownPage } from './host-for-tests.js';

const PAGE = `
  Page({
    data: { said: [] },
    say(line) { this.data.said.push(line) },
    onPullDownRefresh() { this.say('pull') }, onReachBottom() { this.say('bottom') },
    onPageScroll(e) { this.data.top = e.scrollTop },
    done() { wx.stopPullDownRefresh() },
    lower() { this.say('lower') }, upper() { this.say('upper') },
  })`;

let opened: Opened;
let phone: Phone;

beforeAll(async () => {
  opened = await openProject({
    'app.json': '{"pages":["pages/home/index","pages/still/index","pages/veil/index"]}',
    'pages/home/index.json': '{"enablePullDownRefresh":true}',
    'pages/home/index.js': PAGE,
    'pages/home/index.wxml': `<view style="height:200px">上</view>
      <scroll-view class="sv" scroll-y style="height:200px" bindscrolltolower="lower" bindscrolltoupper="upper"><view style="height:600px">里</view></scroll-view>
      <view style="height:1600px">下</view>`,
    'pages/veil/index.js':
      'Page({ data: { tops: [] }, nothing() {}, onPageScroll(e) { this.data.tops.push(e.scrollTop) } })',
    'pages/veil/index.wxml': `<view style="height:3000px">长</view>
      <view style="position:fixed;top:0;left:0;right:0;height:300px" catchtouchmove="nothing">
        <view style="height:200px">盖</view>
      </view>`,
    'pages/still/index.js': PAGE,
    'pages/still/index.wxml': '<view style="height:300px">静</view>',
  });
  phone = opened.phone;
}, 60_000);

afterAll(async () => {
  expect(await opened?.close()).toMatchObject({ code: 0 });
});

const page = () => shownPage(phone);
const said = async () => (await (await page()).data('said')) as string[];
const hears = (line: string) => eventually(line, said, (lines) => lines.includes(line));
const isRefreshing = async () => (await ask<{ refreshing: boolean }>(phone, 'Host.state')).refreshing;
const drag = (from: number, to: number) =>
  ask(phone, 'Host.drag', { from: { x: 195, y: from }, to: { x: 195, y: to } });

describe('a finger on the page', () => {
  it('draws it down: the page loads again, once until it says that it is done', async () => {
    await ask(phone, 'Host.pullDown');
    await hears('pull');
    expect(await isRefreshing()).toBe(true);
    await ask(phone, 'Host.pullDown');
    expect(await said()).toEqual(['pull']);
    await (await page()).callMethod('done');
    expect(await isRefreshing()).toBe(false);
    await ask(phone, 'Host.pullDown');
    await eventually('the second', said, (lines) => lines.length === 2);
    await (await page()).callMethod('done');
  });

  it('a short way is not enough', async () => {
    await drag(110, 150);
    expect(await isRefreshing()).toBe(false);
  });

  it('scrolls to the end of the page, which hears of it once', async () => {
    for (let turn = 0; turn < 6; turn += 1) await drag(780, 480);
    await hears('bottom');
    expect((await said()).filter((line) => line === 'bottom')).toHaveLength(1);
    expect(await (await page()).data('top')).toBeGreaterThan(700);
  });

  it('away from the top a finger that goes down scrolls and draws nothing', async () => {
    const before = (await said()).length;
    await drag(300, 420);
    expect(await isRefreshing()).toBe(false);
    expect((await said()).slice(before)).not.toContain('pull');
  });

  it('inside a list of its own it scrolls the list, to its end and back to its beginning', async () => {
    await phone.pageScrollTo(0);
    // Too short to draw the page down: how far a list glides on after a finger, nobody can say.
    const until = (line: string, by: number) =>
      eventually(
        line,
        async () => {
          await drag(380, 380 + by);
          return said();
        },
        (lines) => lines.includes(line),
      );
    await until('lower', -60);
    await until('upper', 60);
  });

  it('a list that is not at its top takes the finger for itself, at its top it leaves it to the page', async () => {
    const before = (await said()).length;
    const list = (await (await page()).$('.sv')) as unknown as { scrollTo(x: number, y: number): Promise<void> };
    await list.scrollTo(0, 200);
    await drag(310, 460);
    expect(await isRefreshing()).toBe(false);
    await list.scrollTo(0, 0);
    await drag(310, 460);
    await eventually('the pull', said, (lines) => lines.slice(before).includes('pull'));
    await (await page()).callMethod('done');
  });

  it('leaves a page alone whose configuration does not ask for it', async () => {
    await phone.callWxMethod('navigateTo', { url: '/pages/still/index' });
    await drag(110, 600);
    expect(await said()).toEqual([]);
    await expect(ask(phone, 'Host.pullDown')).rejects.toThrow("pages/still/index can't be drawn down");
  });

  it('catchtouchmove holds the page still under a finger that moves on the element, and only there', async () => {
    const start = 1000;
    const tops = async () => (await (await page()).data('tops')) as number[];
    await phone.callWxMethod('redirectTo', { url: '/pages/veil/index' });
    await phone.pageScrollTo(start);
    await eventually('the page at its start', tops, (all) => all.at(-1) === start);
    await drag(260, 110);
    await drag(450, 600);
    await eventually('the page under the second finger', tops, (all) => Number(all.at(-1)) < start - 100);
    expect(Math.max(...(await tops()))).toBe(start);
  });
});
