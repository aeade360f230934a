import type { OrderDetail } from '@mall/shared/orders';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

let mall: TestMall;
let browser: TestBrowser;
let shopping: Shopping;
let xiaoyu: Visitor;
let order: OrderDetail;

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  shopping = new Shopping(mall);
  await shopping.opens();
  xiaoyu = await Visitor.arrive(browser, mall.apiUrl, 'xiaoyu');
  order = await shopping.buys('xiaoyu');
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

interface Arrived {
  templateId: string;
  page: string;
}

describe('a message that she allows', () => {
  it('is offered on one quiet line after paying, and allowed in a window of WeChat (§4)', async () => {
    await xiaoyu.opens(`/packages/shop/pay-result/index?orderId=${order.id}`);
    await xiaoyu.reads('付款成功', '发货时，在微信里告诉您');
    await xiaoyu.shoots('wechat-00a-pay-result');
    await xiaoyu.taps('通知我');
    await xiaoyu.reads('订阅消息（模拟）');
    await xiaoyu.shoots('wechat-00b-subscribe');
    await xiaoyu.taps('允许');
    await xiaoyu.reads('好的，到时候微信里告诉您。');
    await xiaoyu.shoots('wechat-00c-subscribed');
  }, 150_000);

  it('arrives once when HQ ships, and opens her order (R6.4)', async () => {
    const parcel = { carrier: 'SF', trackingNumber: 'SF1234567890' };
    await shopping.hq(`/api/hq/orders/${order.id}/shipments`, parcel);
    await mall.settle();
    await mall.settle();
    const { messages } = await mall.emulator.get<{ messages: Arrived[] }>('/control/messages');
    const page = `packages/shop/order/index?id=${order.id}`;
    expect(messages).toEqual([expect.objectContaining({ templateId: 'demo-order-shipped', page })]);
  }, 150_000);
});

describe("WeChat's own receipt page", () => {
  it('takes over once WeChat knows the parcel; who cancels there has confirmed nothing (R5.2)', async () => {
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}`);
    await xiaoyu.reads('待收货', '顺丰速运 SF1234567890');
    await xiaoyu.taps('确认收货', '.action-bar .button');
    await xiaoyu.reads('微信确认收货 · 模拟环境');
    await xiaoyu.shoots('wechat-01-receipt-page');
    await xiaoyu.taps('取消', 'button');
    await xiaoyu.reads('待收货', '顺丰速运 SF1234567890');
    expect((await shopping.newestOrder('xiaoyu')).receivedAt).toBeNull();
  }, 150_000);

  it('confirms there, and the mall believes it from WeChat, not from the address (R5.2)', async () => {
    await xiaoyu.taps('确认收货', '.action-bar .button');
    await xiaoyu.reads('微信确认收货 · 模拟环境');
    // An address that only says so moves nothing.
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}&confirmResult=success`);
    await xiaoyu.reads('微信还在处理，稍后这里会更新');
    expect((await shopping.newestOrder('xiaoyu')).state).toBe('shipped');
    await xiaoyu.shoots('wechat-02-not-believed');
    await xiaoyu.taps('确认收货', '.action-bar .button');
    await xiaoyu.taps('确认收货', 'button');
    await xiaoyu.reads('已收货', '已确认收货，谢谢您');
    await xiaoyu.shoots('wechat-03-received');
    expect((await shopping.newestOrder('xiaoyu')).state).toBe('received');
  }, 150_000);
});

describe("her agreement to WeChat's guideline", () => {
  it('is asked when she copies, and a refusal takes nothing from her (§8)', async () => {
    await xiaoyu.taps('复制', '.order__copy');
    await xiaoyu.reads(/^把内容复制到剪贴板之前/, '不同意也可以照常浏览和购买。');
    await xiaoyu.shoots('wechat-04-privacy');
    await xiaoyu.taps('暂不同意');
    await xiaoyu.reads('同意隐私指引后才能做这一步');
    await xiaoyu.shoots('wechat-05-privacy-refused');
    await xiaoyu.taps('复制', '.order__copy');
    await xiaoyu.taps('《拾光里小程序隐私保护指引》');
    await xiaoyu.reads('会员服务与隐私说明');
    // Taken while the page is still sliding in, the way back leads to nothing.
    await xiaoyu.shoots('wechat-06-policy');
    await xiaoyu.goesBack();
    await xiaoyu.reads(/^把内容复制到剪贴板之前/);
    await xiaoyu.taps('同意', '#agree-privacy');
    await xiaoyu.sees('#agree-privacy').waitFor({ state: 'hidden' });
    await xiaoyu.taps('复制', '.order__copy');
    expect(await xiaoyu.sees('#agree-privacy').count()).toBe(0);
  }, 150_000);
});

it('nobody met an error of the page, an answer of 500 or a refusal', () => {
  expect({ faults: xiaoyu.faults, refusals: xiaoyu.refusals }).toEqual({ faults: [], refusals: [] });
});
