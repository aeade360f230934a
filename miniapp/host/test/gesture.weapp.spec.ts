import { createServer, type Server } from 'node:http';
import {
  answers,
  ask,
  chooses,
  eventually,
  listen,
  type Opened,
  openProject,
  type Phone,
  shownPage,
} from './host-for-tests.js';

const NO_TAP = 'fail can only be invoked by user TAP gesture.';

const PAGE = `<button class="phone" open-type="getPhoneNumber" bindgetphonenumber="told">号</button>
<button class="set" open-type="openSetting" bindopensetting="told">设</button>
<button class="agree" id="agree" open-type="agreePrivacyAuthorization" bindagreeprivacyauthorization="told">同意</button>
<button class="send" open-type="share">送</button><button class="help" open-type="contact">问</button>
<button class="now" bindtap="now">当场</button><button class="soon" bindtap="soon">当场之后</button>
<button class="later" bindtap="later">等一等</button><button class="settings" bindtap="settings">设置</button>
<button class="asked" bindtap="asked">先问</button><button class="pay" bindtap="pay">付</button>
<view style="position:relative"><button class="under" open-type="getPhoneNumber" bindgetphonenumber="told">号</button>
<view style="position:absolute;inset:0;z-index:9"></view></view>`;

const SCRIPT = `Page({
  data: { said: [] },
  say(line) { this.data.said.push(line) },
  told({ detail }) { this.say(detail.errMsg + (detail.code ? ' ' + detail.code : '')) },
  messages() {
    return wx.requestSubscribeMessage({ tmplIds: ['a', 'b', 'c'] }).then((r) => this.say([r.a, r.b, r.c].join()), (e) => this.say(e.errMsg));
  },
  now() { this.messages() },
  async soon() { await Promise.resolve(); await null; this.messages() },
  async later() {
    await new Promise((done) => wx.request({ url: 'https://shop.example/x', complete: done }));
    this.messages();
  },
  settings() { wx.openSetting().then((r) => this.say(r.errMsg)) },
  asked() { wx.showModal({ title: '去设置', success: () => this.settings() }) },
  pay() {
    const asked = { timeStamp: '1', nonceStr: 'n', package: 'prepay_id=1', signType: 'RSA', paySign: 's' };
    wx.requestPayment({ ...asked, success: () => this.messages(), fail: () => this.messages() });
  },
  onShareAppMessage() { return { title: '一张卡片', path: '/pages/home/index' } },
})`;

let platform: Server;
let opened: Opened;
let phone: Phone;

/** Stands in for WeChat: a number for whoever asks, her own choices, a cashier with one button. */
async function startPlatform(): Promise<string> {
  platform = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => {
      body += String(data);
    });
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://wechat.example');
      const back = `${searchParams.get('return')}?payResult=ok`;
      if (pathname === '/cashier') response.setHeader('content-type', 'text/html').end(`<a href="${back}">付</a>`);
      else if (pathname === '/device/phone-code') response.end('{"code":"number-1"}');
      else if (pathname === '/device/subscribe') response.end(JSON.stringify(JSON.parse(body).choices));
      else response.end('{}');
    });
  });
  return `http://127.0.0.1:${await listen(platform)}`;
}

beforeAll(async () => {
  const url = await startPlatform();
  const files = { 'pages/home/index.wxml': PAGE, 'pages/home/index.js': SCRIPT };
  opened = await openProject(files, ['--platform', url, '--rewrite', `https://shop.example=${url}`]);
  phone = opened.phone;
}, 60_000);

afterAll(async () => {
  await opened?.close();
  platform?.close();
});

async function element(selector: string) {
  const found = await (await shownPage(phone)).$(selector);
  if (!found) throw new Error(`there is no ${selector}`);
  return found;
}
const taps = async (selector: string) => (await element(selector)).tap();
/** What the page has heard since it was last asked, once there is something. */
async function heard(): Promise<string> {
  const line = () => phone.evaluate(() => getCurrentPages()[0].data.said.shift() ?? '') as Promise<string>;
  return eventually('an answer', line, (said) => said !== '');
}
declare function getCurrentPages(): { data: { said: string[] } }[];
const dialog = async () => (await ask<{ dialog: string | null }>(phone, 'Host.state')).dialog;
const allows = () => answers('allowed', () => phone.native().authorizeAllow());
const faults = async () =>
  (await ask<{ faults: { message: string }[] }>(phone, 'Host.report')).faults.map(({ message }) => message);

describe('what WeChat gives only to a tap of hers', () => {
  it('a number is given to a tap that hits, and to no event in the name of a covered button', async () => {
    await expect(taps('.under')).rejects.toThrow('is covered by');
    await (await element('.under')).trigger('tap');
    expect(await heard()).toBe(`getPhoneNumber:${NO_TAP}`);
    await expect(phone.native().authorizeAllow()).rejects.toThrow('there is no authorization');
    await taps('.phone');
    await allows();
    expect(await heard()).toBe('getPhoneNumber:ok number-1');
  });

  it('touches that a test makes in the name of an element are no finger either', async () => {
    const button = await element('.phone');
    const at = { touches: [{ clientX: 50, clientY: 120 }], changedTouches: [{ clientX: 50, clientY: 120 }] };
    await button.touchstart(at);
    await button.touchend(at);
    expect(await heard()).toBe(`getPhoneNumber:${NO_TAP}`);
  });

  it.each([
    ['.set', 'openSetting'],
    ['.agree', 'agreePrivacyAuthorization'],
  ])('%s hears the refusal by its own event', async (selector, name) => {
    await (await element(selector)).trigger('tap');
    expect(await heard()).toBe(`${name}:${NO_TAP}`);
    expect(await dialog()).toBeNull();
  });

  it.each([
    ['.send', 'share'],
    ['.help', 'contact'],
  ])('%s, which nobody would hear of, is an error of the run', async (selector, name) => {
    await (await element(selector)).trigger('tap');
    expect((await faults()).at(-1)).toBe(`${name}:${NO_TAP}`);
    expect(await dialog()).toBeNull();
    await taps(selector);
    await chooses(phone, name === 'share' ? 'share' : 'sheet', null);
  });
});

describe('wx.requestSubscribeMessage (§4: after a tap or when she has paid)', () => {
  it.each(['.now', '.soon'])('asks in the tap and in promises that end in it: %s', async (selector) => {
    await taps(selector);
    await allows();
    expect(await heard()).toBe('accept,accept,accept');
  });

  it('her answer is one for each template, and WeChat may have banned one', async () => {
    await taps('.now');
    await chooses(phone, 'authorization', { a: 'reject', b: 'ban' });
    expect(await heard()).toBe('reject,ban,accept');
    await taps('.now');
    await answers('no', () => phone.native().authorizeCancel());
    expect(await heard()).toBe('reject,reject,reject');
  });

  it('is refused once something was waited for, without a tap, and in a tap that a test says', async () => {
    await taps('.later');
    expect(await heard()).toBe(`requestSubscribeMessage:${NO_TAP}`);
    await (await element('.now')).trigger('tap');
    expect(await heard()).toBe(`requestSubscribeMessage:${NO_TAP}`);
    await expect(phone.callWxMethod('requestSubscribeMessage', { tmplIds: ['a'] })).rejects.toThrow(NO_TAP);
    expect(await dialog()).toBeNull();
  });

  it('asks when she has paid, and not when she has closed the cashier', async () => {
    await taps('.pay');
    await eventually('the cashier', dialog, (kind) => kind === 'payment');
    await ask(phone, 'Host.platformTap', { selector: 'a' });
    await allows();
    expect(await heard()).toBe('accept,accept,accept');
    await taps('.pay');
    await answers('closed', () => phone.native().closePaymentDialog());
    expect(await heard()).toBe(`requestSubscribeMessage:${NO_TAP}`);
  });
});

describe('wx.openSetting (2.3.0: after a tap)', () => {
  it('opens in a tap, also in that on a modal, and not by itself', async () => {
    await taps('.settings');
    await chooses(phone, 'settings', {});
    expect(await heard()).toBe('openSetting:ok');
    await taps('.asked');
    await answers('modal', () => phone.native().confirmModal());
    await chooses(phone, 'settings', {});
    expect(await heard()).toBe('openSetting:ok');
    await expect(phone.callWxMethod('openSetting')).rejects.toThrow(`openSetting:${NO_TAP}`);
  });
});
