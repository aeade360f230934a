import type { OrderDetail } from '@mall/shared/orders';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { findItems } from '../../server/tools/journey/world.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

const HAND_OVER = /^422 POST \/api\/guide\/orders\/ord_\w+\/pickup$/;

let mall: TestMall;
let browser: TestBrowser;
let shopping: Shopping;
/** 陈静 of 静安店, and 小雨, her customer, who has a gift coupon. */
let chenjing: Visitor;
let xiaoyu: Visitor;
let cardiganId = '';
let giftTitle = '';
let order: OrderDetail;

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  shopping = new Shopping(mall);
  await shopping.opens();
  chenjing = await Visitor.arrive(browser, mall.apiUrl, 'chenjing');
  xiaoyu = await Visitor.arrive(browser, mall.apiUrl, 'xiaoyu');
  await shopping.touches('xiaoyu', await shopping.shareCode('chenjing'));
  await shopping.joins('xiaoyu');
  cardiganId = await shopping.productOf(CARDIGAN);
  const gift = (await findItems(mall.api, 8)).find(({ product }) => product.id !== cardiganId);
  giftTitle = gift?.product.title ?? '';
  const coupon = { name: '到店礼', kind: 'gift', thresholdFen: 10_000, giftSkuId: gift?.sku.id ?? '' } as const;
  await shopping.grants('xiaoyu', coupon);
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

describe('goods that a customer collects, with a gift', () => {
  it('at checkout the gift stands in the price with what it is worth, and in the picker with its name (R6.1)', async () => {
    await xiaoyu.opens(`/packages/shop/product/index?id=${cardiganId}`);
    await xiaoyu.taps('立即购买');
    await xiaoyu.taps('松绿', '.sku-option__value');
    await xiaoyu.taps(/^M$/, '.sku-option__value');
    await xiaoyu.reads('已选 松绿 / M');
    await xiaoyu.taps('去结算', '.sku-sheet__confirm');
    await xiaoyu.reads('快递到家', '添加收货地址', giftTitle, /赠品 价值 ¥/, '到店礼', '请先填地址');
    await xiaoyu.shoots('pickup-01-checkout-gift');
    await xiaoyu.taps('优惠券', '.checkout__row');
    await xiaoyu.reads(/这一单送 .+ ×1/, '完成');
    await xiaoyu.shoots('pickup-02-coupon-picker');
    await xiaoyu.taps('完成');
  }, 150_000);

  it('she chooses the store, and one order comes of two quick taps (R7.2)', async () => {
    await xiaoyu.taps('到店自提', '.tabs__item');
    await xiaoyu.reads('选择自提门店', '请先选门店');
    await xiaoyu.shoots('pickup-03-no-store');
    await xiaoyu.taps('选择自提门店');
    await xiaoyu.reads('自提门店', '静安店', '徐汇店');
    await xiaoyu.shoots('pickup-04-stores');
    await xiaoyu.taps('静安店', '.store-picker .checkout__row');
    await xiaoyu.reads(/备好后凭提货码取货/, '免运费', '提交订单');
    await xiaoyu.shoots('pickup-05-checkout-store');
    await xiaoyu.tapsTwice('提交订单');
    await xiaoyu.reads('微信支付 · 模拟环境，不会真实扣款');
    await xiaoyu.taps('立即支付');
    await xiaoyu.reads('付款成功', /备好后在订单里能看到提货码/);
    await xiaoyu.shoots('pickup-06-paid');
    await xiaoyu.taps('查看订单');
    await xiaoyu.reads('备货中', /备好后在订单里能看到提货码/, '到店自提  静安店');
    await xiaoyu.shoots('pickup-07-order-preparing');
    expect(await xiaoyu.sees('#pickup-code').count()).toBe(0);
    await mall.settle();
    order = await shopping.newestOrder('xiaoyu');
    expect(order).toMatchObject({ state: 'paid', totalFen: 59_900, freightFen: 0, address: null });
    expect(order.lines.map(({ title, isGift }) => [title, isGift])).toEqual([
      [CARDIGAN, false],
      [giftTitle, true],
    ]);
  }, 150_000);

  it('when HQ says that the goods are ready she reads her code (R5.2)', async () => {
    await chenjing.opens('/packages/guide/desk/index');
    await chenjing.reads('月账单');
    expect(await chenjing.sees('#to-pickups').count()).toBe(0);
    await shopping.hq(`/api/hq/orders/${order.id}/pickup-ready`);
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}`);
    await xiaoyu.reads('待自提', `提货码 · 单号尾 ${order.number.slice(-6)}`);
    await xiaoyu.shoots('pickup-08-order-code');
  }, 150_000);

  it('her guide finds the order by the end of its number; a wrong code changes nothing (R5.2, C16)', async () => {
    await chenjing.opens('/packages/guide/desk/index');
    await chenjing.reads('1 单等顾客到店来取');
    await chenjing.shoots('pickup-09-desk');
    await chenjing.taps('1 单等顾客到店来取');
    await chenjing.reads(`单号尾 ${order.number.slice(-6)}`, CARDIGAN, `赠品 ${giftTitle}`);
    await chenjing.shoots('pickup-10-waiting');
    await chenjing.taps('输入提货码', '.pickup__open');
    const shown = (await xiaoyu.sees('#pickup-code').textContent()) ?? '';
    const wrong = `${shown.startsWith('A') ? 'B' : 'A'}${shown.trim().slice(1)}`;
    await chenjing.types('顾客订单页上的 6 位', wrong);
    await chenjing.taps('确认交给顾客');
    await chenjing.reads('提货码不对，请照顾客订单页上的再输一次');
    await chenjing.shoots('pickup-11-wrong-code');
    expect(chenjing.refusals.splice(0)).toEqual([expect.stringMatching(HAND_OVER)]);
    expect(await shopping.newestOrder('xiaoyu')).toMatchObject({ state: 'pickup_ready', receivedAt: null });
  }, 150_000);

  it('the right code, in small letters, is the receipt, for two quick taps once (R5.2, C16)', async () => {
    const shown = (await xiaoyu.sees('#pickup-code').textContent()) ?? '';
    await chenjing.types('顾客订单页上的 6 位', shown.trim().toLowerCase());
    await chenjing.tapsTwice('确认交给顾客');
    await chenjing.reads('已交给顾客，订单已收货');
    await chenjing.shoots('pickup-12-handed-over');
    await mall.settle();
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}`);
    await xiaoyu.reads('已收货', CARDIGAN, /赠品 价值 ¥/);
    expect(await xiaoyu.sees('#pickup-code').count()).toBe(0);
    await xiaoyu.shoots('pickup-13-received');
    await chenjing.opens('/packages/guide/pickups/index');
    await chenjing.reads('没有等着取的订单');
    await chenjing.shoots('pickup-14-none');
  }, 150_000);

  it('goods that come back without the gift pay back less, and her order says so (R6.6)', async () => {
    await shopping.refundsOne(order);
    const { refunds } = await shopping.newestOrder('xiaoyu');
    expect(refunds[0]?.withheldFen).toBeGreaterThan(0);
    await xiaoyu.opens(`/packages/shop/order/index?id=${order.id}`);
    await xiaoyu.reads('已退款', /赠品没有一起退回，已扣 ¥/);
    await xiaoyu.sees('.order__refunds').scrollIntoViewIfNeeded();
    await xiaoyu.shoots('pickup-15-withheld');
  }, 150_000);
});

it('nobody met an error of the page, an answer of 500 or a refusal beside the wrong code', () => {
  const met = [chenjing, xiaoyu].map(({ persona, faults, refusals }) => ({ persona, faults, refusals }));
  expect(met).toEqual(['chenjing', 'xiaoyu'].map((persona) => ({ persona, faults: [], refusals: [] })));
});
