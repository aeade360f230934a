import type { GuideInvitation } from '@mall/shared/guides';
import type { OrderSummary } from '@mall/shared/orders';
import type { Page as PageOf } from '@mall/shared/paging';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { CARDIGAN } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

/** 9% of ¥599.00: 陈静 is a senior guide. */
const COMMISSION = '¥53.91';

let mall: TestMall;
let browser: TestBrowser;
let guide: Visitor;
let customer: Visitor;
let stranger: Visitor;
let hqToken = '';
let sharedPath = '';
let orderId = '';

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  const credentials = { username: 'admin', password: mall.hqPassword };
  hqToken = (await mall.api.post<{ token: string }>('/api/hq/sessions', credentials)).token;
  guide = await Visitor.arrive(browser, mall.apiUrl, 'chenjing');
  customer = await Visitor.arrive(browser, mall.apiUrl, 'xiaoyu');
  stranger = await Visitor.arrive(browser, mall.apiUrl, 'azhe');
}, 150_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

/** What the server says about somebody's orders, asked as another phone of hers. */
async function ordersOf(persona: string): Promise<OrderSummary[]> {
  const { code } = await mall.emulator.post<{ code: string }>('/device/login-code', { persona });
  const { token } = await mall.api.post<{ token: string }>('/api/sessions/wechat', { code });
  return (await mall.api.get<PageOf<OrderSummary>>('/api/orders', token)).items;
}

/** Chooses colour and size, on the sheet that is open. */
async function choosesGreenM(who: Visitor): Promise<void> {
  await who.taps('松绿', '.sku-option__value');
  await who.taps(/^M$/, '.sku-option__value');
  await who.reads('已选 松绿 / M');
}

describe('guide and customer in the browser', () => {
  it('the guide shares a product from her desk and sees its code image (R3.1)', async () => {
    await guide.opens('/packages/guide/desk/index');
    await guide.reads('陈静', '今日佣金', '今天推荐什么');
    await guide.shoots('guide-01-desk');
    await guide.taps('全部商品');
    await guide.types('搜索要推荐的商品', '开衫');
    await guide.taps('搜索', '.share__search-go');
    await guide.reads(CARDIGAN);
    await guide.shoots('guide-02-share-products');
    await guide.taps(CARDIGAN);
    await guide.seesPicture('.poster');
    await guide.reads('轻点看大图');
    await guide.shoots('guide-03-share-link');
    await guide.taps('复制链接');
    // §8: the clipboard is private, and she has not agreed to anything yet.
    await guide.reads(/^把内容复制到剪贴板之前/, '《拾光里小程序隐私保护指引》');
    await guide.shoots('guide-03b-privacy');
    await guide.taps('同意', '#agree-privacy');
    await guide.reads('链接已复制');
    const link = (await guide.sees('#share-path').textContent()) ?? '';
    expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#\/packages\/shop\/product\/index\?id=prd_\w+&s=\w{8}$/);
    sharedPath = link.slice(link.indexOf('#') + 1);
  }, 150_000);

  it('the customer opens the shared page and reads who recommends it (R3.2)', async () => {
    await customer.opens(sharedPath);
    await customer.reads(CARDIGAN, '陈静 · 静安店 推荐');
    await customer.seesPicture('.picture--hero');
    await customer.shoots('customer-01-shared-product');
  }, 150_000);

  it('she browses home, categories and finds a two-character word', async () => {
    await customer.taps('购物袋', '.buy-bar__bag');
    await customer.reads('购物袋还空着');
    await customer.shoots('customer-02-empty-bag');
    await customer.taps('去逛逛');
    await customer.reads('大家常买', '陈静 · 静安店 推荐');
    await customer.seesPicture('.product-card');
    await customer.shoots('customer-03-home');
    await customer.taps('分类', '.weui-tabbar__item');
    await customer.reads('品牌');
    await customer.taps('服饰', '.category__entry');
    await customer.reads('全部服饰');
    await customer.shoots('customer-04-category');
    await customer.taps('上装', '.tile');
    await customer.reads(CARDIGAN);
    await customer.shoots('customer-05-list');
    await customer.goesBack();
    await customer.taps('首页', '.weui-tabbar__item');
    await customer.taps('搜索商品');
    await customer.types('想找点什么', '开衫');
    await customer.taps('搜索', '.search-box__go');
    await customer.reads(CARDIGAN);
    await customer.shoots('customer-06-search');
    await customer.types('想找点什么', '航天飞机');
    await customer.taps('搜索', '.search-box__go');
    await customer.reads('没有找到“航天飞机”');
    await customer.shoots('customer-07-nothing-found');
    await customer.goesBack();
  }, 150_000);

  it('she joins after consent and sees whose customer she becomes (R2.3)', async () => {
    await customer.taps('我的', '.weui-tabbar__item');
    await customer.reads('还没有加入会员，也可以随意逛和买');
    await customer.shoots('customer-08-me-guest');
    await customer.taps('加入会员', '.me__join');
    await customer.reads('加入后，为您服务的是', '陈静 · 静安店', /您会成为陈静的顾客/);
    await customer.shoots('customer-09-join');
    await customer.taps('用手机号加入');
    await customer.reads('请先勾选同意会员服务与隐私说明。');
    await customer.taps('阅读会员服务与隐私说明');
    await customer.shoots('customer-10-policy');
    await customer.goesBack();
    await customer.taps(/我已阅读并同意/);
    await customer.taps('可选：让导购看到打码的称呼和尾号');
    await customer.taps('用手机号加入');
    await customer.reads('会员 138****8001', '陈静 · 静安店 为您服务');
    await customer.shoots('customer-11-me-member');
  }, 150_000);

  it('she puts two into the bag from the sheet and changes her mind about the quantity', async () => {
    await customer.opens(sharedPath);
    await customer.taps('放入购物袋');
    await customer.reads('选择规格');
    await choosesGreenM(customer);
    await customer.taps('', '.stepper__more');
    await customer.shoots('customer-12-sku-sheet');
    await customer.taps('放入购物袋', '.sku-sheet__confirm');
    await customer.reads('已放入购物袋');
    await customer.taps('购物袋', '.buy-bar__bag');
    await customer.reads(CARDIGAN, '松绿 / M', '¥1198.00');
    await customer.taps('', '.stepper__less');
    await customer.reads('¥599.00');
    await customer.shoots('customer-13-bag');
  }, 150_000);

  it('she checks out with a new address, taps the button twice, and one order comes of it (R7.2)', async () => {
    await customer.taps(/去结算/);
    await customer.reads('添加收货地址');
    await customer.shoots('customer-14-checkout-without-address');
    await customer.taps('添加收货地址');
    await customer.taps('保存');
    await customer.shoots('customer-15-address-faults');
    await customer.types('名字', '林小雨');
    await customer.types('11 位手机号', '13800138001');
    await customer.taps('选择省份');
    await customer.turnsWheel(2);
    await customer.reads('上海市');
    await customer.types('如 西湖区', '静安区');
    await customer.types('街道、小区、门牌号', '南京西路 1266 号 3 楼');
    await customer.shoots('customer-16-address');
    await customer.taps('保存');
    await customer.reads('上海市静安区南京西路 1266 号 3 楼', '免运费');
    await customer.shoots('customer-17-checkout');
    await customer.tapsTwice('提交订单');
    await customer.reads('微信支付 · 模拟环境，不会真实扣款');
    await customer.shoots('customer-18-cashier');
    const orders = await ordersOf('xiaoyu');
    expect(orders.map(({ state, totalFen }) => ({ state, totalFen }))).toEqual([
      { state: 'created', totalFen: 59_900 },
    ]);
    orderId = orders[0]?.id ?? '';
  }, 150_000);

  it('she pays with two taps, returns to the result and finds the order paid once (R7.5)', async () => {
    await customer.tapsTwice('立即支付');
    await customer.reads('付款成功', '这一单由 陈静 · 静安店 为您服务');
    await customer.shoots('customer-19-paid');
    await customer.taps('查看订单');
    await customer.reads('待发货', '林小雨', '实付');
    await customer.shoots('customer-20-order-paid');
    await customer.opens('/pages/me/index');
    await customer.taps('我的订单');
    await customer.reads('待发货', '共 1 件，合计 ¥599.00');
    expect(await customer.sees('.order-card').count()).toBe(1);
    await customer.shoots('customer-21-orders');
  }, 150_000);

  it('the guide sees the pending commission and its receipt (R5.6)', async () => {
    await guide.opens('/packages/guide/desk/index');
    await guide.reads('待收货', COMMISSION);
    await guide.shoots('guide-04-desk-pending');
    await guide.taps('待收货', '.earnings__total');
    await guide.reads(CARDIGAN);
    await guide.shoots('guide-05-commissions');
    await guide.taps(CARDIGAN);
    await guide.reads('怎么算出来的', '¥599.00', COMMISSION, '还没有收货', '陈静 · 静安店');
    await guide.shoots('guide-06-receipt-pending');
    await guide.goesBack();
    await guide.goesBack();
    await guide.taps(/全部 1 位/);
    await guide.reads('尾号 8001');
    await guide.shoots('guide-07-customers');
  }, 150_000);

  it('HQ ships, the customer confirms receipt and finds a repurchase coupon (R6.3)', async () => {
    const parcel = { carrier: 'SF', trackingNumber: 'SF1234567890' };
    await mall.api.post(`/api/hq/orders/${orderId}/shipments`, parcel, hqToken);
    // R5.2: WeChat knows the parcel before she looks, so its own page asks her.
    await mall.settle();
    await customer.opens(`/packages/shop/order/index?id=${orderId}`);
    await customer.reads('待收货', '顺丰速运 SF1234567890');
    await customer.shoots('customer-22-order-shipped');
    await customer.taps('确认收货', '.action-bar .button');
    await customer.reads('微信确认收货 · 模拟环境');
    await customer.shoots('customer-23-confirm-receipt');
    await customer.taps('确认收货', 'button');
    await customer.reads('已收货', '已确认收货，谢谢您');
    await customer.shoots('customer-24-order-received');
    await mall.settle();
    await customer.opens('/packages/member/coupons/index');
    await customer.reads('复购券', '去使用');
    await customer.shoots('customer-25-coupons');
  }, 150_000);

  it('after the window has passed the guide can draw her commission (R5.3)', async () => {
    await mall.api.post('/api/demo/clock/advance', { days: 8 });
    await guide.opens('/packages/guide/desk/index');
    await guide.reads('可提现', '53');
    await guide.shoots('guide-08-desk-available');
    await guide.taps('可提现');
    await guide.taps(CARDIGAN);
    await guide.reads('怎么算出来的', '可提现', COMMISSION);
    await guide.shoots('guide-09-receipt-available');
  }, 150_000);

  it('the customer returns with her coupon, cancels at the cashier, and can still pay (R6.4)', async () => {
    await customer.opens(sharedPath);
    await customer.taps('立即购买');
    await choosesGreenM(customer);
    await customer.taps('去结算', '.sku-sheet__confirm');
    await customer.reads('-¥30', '已优惠 ¥30');
    await customer.taps('优惠券', '.checkout__row');
    await customer.reads('完成');
    await customer.shoots('customer-26-coupon-picker');
    await customer.taps('完成');
    await customer.shoots('customer-27-checkout-with-coupon');
    await customer.taps('提交订单');
    await customer.taps('取消');
    await customer.reads('还没有收到付款');
    await customer.shoots('customer-28-not-paid');
    await customer.taps('查看订单');
    await customer.reads('待付款', '去付款');
    await customer.shoots('customer-29-order-unpaid');
    await customer.taps('去付款');
    await customer.taps('立即支付');
    await customer.reads('付款成功');
    const orders = await ordersOf('xiaoyu');
    expect(orders.map(({ state, totalFen }) => ({ state, totalFen }))).toEqual([
      { state: 'paid', totalFen: 56_900 },
      { state: 'completed', totalFen: 59_900 },
    ]);
    await customer.opens('/packages/member/coupons/index');
    await customer.taps('已使用', '.tabs__item');
    await customer.reads('复购券');
    await customer.shoots('customer-30-coupon-used');
  }, 150_000);
});

describe('what a stranger meets in the browser', () => {
  it('a forged share code opens the page quietly and names no guide (R3.1)', async () => {
    await stranger.opens(sharedPath.replace(/s=\w+$/, 's=ZZZZ9999'));
    await stranger.reads(CARDIGAN, '放入购物袋');
    await stranger.shoots('stranger-01-forged-code');
    expect(await stranger.sees('.guide-badge').count()).toBe(0);
    expect(await stranger.sees('.notice, .taro__toast').count()).toBe(0);
  }, 150_000);

  it('a sold-out product says so on the shelf and on its page', async () => {
    await stranger.opens('/packages/shop/list/index');
    await stranger.types('想找点什么', '手镜');
    await stranger.taps('搜索', '.search-box__go');
    await stranger.reads('已售罄');
    await stranger.shoots('stranger-02-sold-out-card');
    await stranger.taps('黄铜手镜');
    await stranger.reads('一体铸造黄铜');
    await stranger.reads('已售罄');
    expect(await stranger.sees('#buy-now, #add-to-cart').count()).toBe(0);
    await stranger.shoots('stranger-03-sold-out');
  }, 150_000);

  it('an order of somebody else looks like one that is not there (R7.1)', async () => {
    expect(stranger.refusals).toEqual([]);
    await stranger.opens(`/packages/shop/order/index?id=${orderId}`);
    await stranger.sees('.notice').waitFor();
    await stranger.shoots('stranger-04-foreign-order');
    expect(await stranger.sees('.order__state').count()).toBe(0);
    expect(stranger.refusals.splice(0)).toEqual([`404 GET /api/orders/${orderId}`]);
  }, 150_000);

  it("the guide's desk is closed to who is no guide (R2.5)", async () => {
    await stranger.opens('/packages/guide/desk/index');
    await stranger.sees('.notice--forbidden').waitFor();
    await stranger.shoots('stranger-05-desk-closed');
    expect(stranger.refusals.splice(0).every((said) => said.startsWith('403 GET /api/guide/'))).toBe(true);
  }, 150_000);

  it('a member becomes a guide by an invitation of HQ (R2.5)', async () => {
    const stores = await mall.api.get<{ id: string; name: string }[]>('/api/hq/stores', hqToken);
    const storeId = stores.find(({ name }) => name === '徐汇店')?.id;
    const invited = { storeId, guideName: '阿哲' };
    const { code } = await mall.api.post<GuideInvitation>('/api/hq/guide-invitations', invited, hqToken);
    await stranger.opens('/packages/member/join/index');
    await stranger.reads('加入后由总部客服为您服务，不会指定导购。');
    await stranger.shoots('stranger-06-join-without-guide');
    await stranger.taps(/我已阅读并同意/);
    await stranger.taps('用手机号加入');
    await stranger.reads('大家常买');
    await stranger.opens('/packages/guide/invitation/index');
    await stranger.types('8 位邀请码', code);
    await stranger.taps('查看');
    await stranger.reads('徐汇店 邀请您成为导购');
    await stranger.shoots('stranger-07-invitation');
    await stranger.taps('接受邀请');
    await stranger.reads('今日佣金', /徐汇店/);
    await stranger.shoots('stranger-08-new-desk');
  }, 150_000);
});

it('nobody met an error of the page or an answer of 500, and no refusal that the story did not ask for', () => {
  const met = [guide, customer, stranger].map(({ persona, faults, refusals }) => ({ persona, faults, refusals }));
  expect(met).toEqual(['chenjing', 'xiaoyu', 'azhe'].map((persona) => ({ persona, faults: [], refusals: [] })));
});
