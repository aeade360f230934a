import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { buysNow, choosesOptions, pays } from './weapp-buying-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

/** 9% of ¥599.00: 陈静 is a senior guide. */
const COMMISSION = '¥53.91';
const STEP_MS = 120_000;

let mall: TestMall;
let people: People;
let shopping: Shopping;
let visitor: WeappPerson;
let guide: WeappPerson;
let customer: WeappPerson;
let sharedPath = '';
let orderId = '';

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

describe('the weapp build on the local host: somebody looks around', () => {
  it(
    'the mini-program opens at home, and home shows products',
    async () => {
      visitor = await people.arrives('azhe');
      await visitor.reads('大家常买', '本周新品');
      await visitor.finds('.product-card');
      expect((await visitor.page()).path).toBe('pages/home/index');
      expect(await visitor.counts('.product-card')).toBeGreaterThanOrEqual(4);
      expect(await visitor.counts('.guide-badge')).toBe(0);
    },
    STEP_MS,
  );

  it(
    'a card of the shelf leads to its product, and the way back to the shelf',
    async () => {
      const card = await visitor.finds('.product-card');
      const title = await (await card.$('.product-card__title'))?.text();
      await card.tap();
      await visitor.reads(title ?? '', '商品详情');
      expect((await visitor.page()).path).toBe('packages/shop/product/index');
      await visitor.goesBack();
      expect((await visitor.page()).path).toBe('pages/home/index');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: from a card to a coupon', () => {
  it(
    'the guide finds a product on her desk and sends its card into a chat (R3.1)',
    async () => {
      guide = await people.arrives('chenjing', 'packages/guide/desk/index');
      await guide.reads('陈静', '今日佣金', '今天推荐什么');
      await guide.taps('.desk__more', '全部商品');
      await guide.types('#share-search', '开衫');
      await guide.taps('.share__search-go');
      await guide.taps('.shareable', CARDIGAN);
      await guide.taps('#send-card');
      await guide.answers('share', () => guide.native.shareConfirm());
      const { sharedCards } = await guide.surroundings.state();
      sharedPath = sharedCards[0]?.path ?? '';
      expect(sharedPath).toMatch(/^\/packages\/shop\/product\/index\?id=prd_\w+&s=\w{8}$/);
    },
    STEP_MS,
  );

  it(
    'a card that she sends from the page of the product carries her link as well (R3.1)',
    async () => {
      await guide.goes('navigateTo', sharedPath.replace(/&s=.*/, ''));
      await guide.reads(CARDIGAN, '商品详情');
      const path = (await guide.sendsCard())?.path ?? '';
      expect(path).toMatch(/^\/packages\/shop\/product\/index\?id=prd_\w+&s=\w{8}$/);
      await guide.goesBack();
    },
    STEP_MS,
  );

  it(
    'the customer opens the card in a single chat and reads who recommends it (R3.2)',
    async () => {
      customer = await people.arrives('xiaoyu', sharedPath, 1007);
      await customer.reads(CARDIGAN, '陈静 · 静安店 推荐', '商品详情');
    },
    STEP_MS,
  );

  it(
    'she joins: consent first, then WeChat gives her number, and the guide of the card serves her (R2.3)',
    async () => {
      await customer.goes('navigateTo', '/packages/member/join/index');
      await customer.reads('加入后，为您服务的是', '陈静 · 静安店');
      await customer.taps('#join-needs-consent');
      await customer.reads('请先勾选同意会员服务与隐私说明。');
      await customer.taps('#consent-membership');
      await customer.taps('#consent-guide-service');
      await customer.taps('#join-phone');
      await customer.answers('authorization', () => customer.native.authorizeAllow());
      await customer.until('the product again', async () => (await customer.page()).path.includes('/product/'));
      await customer.goes('switchTab', '/pages/me/index');
      await customer.reads('会员 138****8001', '陈静 · 静安店 为您服务');
      await customer.goes('navigateTo', sharedPath);
      await customer.reads(CARDIGAN, '商品详情');
    },
    STEP_MS,
  );

  it(
    'she puts two into the bag from the sheet and keeps one',
    async () => {
      await customer.taps('#add-to-cart');
      await choosesOptions(customer, '松绿', 'M');
      await customer.taps('.stepper__more');
      await customer.taps('#sku-confirm');
      await customer.taps('.buy-bar__bag');
      await customer.reads(CARDIGAN, '松绿 / M', '¥1198.00');
      expect((await customer.page()).path).toBe('pages/cart/index');
      await customer.taps('.stepper__less');
      await customer.reads('¥599.00');
    },
    STEP_MS,
  );

  it(
    'she checks out with a new address, taps the button twice, and one order comes of it (R7.2)',
    async () => {
      await customer.taps('#cart-checkout');
      await customer.reads('添加收货地址');
      await customer.taps('#checkout-address');
      await customer.types('#address-recipient', '林小雨');
      await customer.types('#address-phone', '13800138001');
      // WeChat's wheel of regions is outside the page: a test says what was chosen there.
      await (await customer.finds('#address-region')).trigger('change', { value: ['上海市', '上海市', '静安区'] });
      await customer.types('#address-detail', '南京西路 1266 号 3 楼');
      await customer.taps('#save-address');
      await customer.reads('上海市静安区南京西路 1266 号 3 楼', '免运费', '提交订单');
      await customer.tapsTwice('#place-order');
      await customer.until('the cashier', async () => (await customer.surroundings.state()).dialog === 'payment');
      const orders = await shopping.ordersOf('xiaoyu');
      expect(orders.map(({ state, totalFen }) => ({ state, totalFen }))).toEqual([
        { state: 'created', totalFen: 59_900 },
      ]);
      expect(await customer.asked(/^POST \/api\/orders /)).toHaveLength(1);
      orderId = orders[0]?.id ?? '';
    },
    STEP_MS,
  );

  it(
    'she pays, and the order is paid once and served by her guide (R7.5)',
    async () => {
      await customer.surroundings.pressesOnPlatform('button.primary');
      await customer.reads('付款成功', '这一单由 陈静 · 静安店 为您服务');
      await customer.taps('#to-order');
      await customer.reads('待发货', '林小雨', '实付');
      expect((await customer.page()).query).toEqual({ id: orderId });
      expect((await shopping.ordersOf('xiaoyu')).map(({ state }) => state)).toEqual(['paid']);
    },
    STEP_MS,
  );

  it(
    'the guide sees the pending commission and how it was reckoned (R5.6)',
    async () => {
      await mall.settle();
      await guide.goes('reLaunch', '/packages/guide/desk/index');
      await guide.reads('待收货', COMMISSION);
      await guide.taps('.earnings__total--pending');
      await guide.taps('.commission', CARDIGAN);
      await guide.reads('怎么算出来的', '¥599.00', COMMISSION, '还没有收货');
    },
    STEP_MS,
  );

  it(
    'HQ ships, she confirms, and a repurchase coupon arrives (R6.3)',
    async () => {
      const parcel = { carrier: 'SF', trackingNumber: 'SF1234567890' };
      await shopping.hq(`/api/hq/orders/${orderId}/shipments`, parcel);
      await mall.settle();
      await customer.goes('reLaunch', `/packages/shop/order/index?id=${orderId}`);
      await customer.reads('待收货', '顺丰速运 SF1234567890');
      await customer.taps('#confirm-receipt');
      // R5.2: WeChat knows the parcel, so its own page asks.
      await customer.answers('page', () => customer.surroundings.pressesOnPlatform('button.primary'));
      await customer.reads('已收货');
      await mall.settle();
      await customer.goes('navigateTo', '/packages/member/coupons/index');
      await customer.reads('复购券', '去使用');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: she comes back', () => {
  it(
    'her coupon is at the checkout by itself, she takes it off and puts it on again, and a second order spends it (R6.4)',
    async () => {
      await customer.taps('.coupon__use');
      await customer.reads('大家常买');
      await customer.goes('navigateTo', sharedPath);
      await buysNow(customer, '松绿', 'M');
      await customer.reads('-¥30', '已优惠 ¥30', '¥569.00');
      await customer.taps('#checkout-coupons');
      await customer.reads('这一单减 ¥30');
      await customer.taps('.coupon-choice.is-chosen', '复购券');
      await customer.reads('1 张可用', '¥599.00');
      await customer.countsTo(0, '.coupon-choice.is-chosen');
      await customer.taps('.coupon-choice', '复购券');
      await customer.taps('.coupon-picker__none', '这次不用优惠券');
      await customer.readsNoMore('已优惠 ¥30');
      await customer.taps('.coupon-choice', '复购券');
      await customer.reads('已优惠 ¥30', '¥569.00');
      await customer.taps('.coupon-picker__done');
      await customer.countsTo(0, '.coupon-picker');
      await customer.taps('#place-order');
      await pays(customer);
      await customer.reads('付款成功', '¥569.00', '这一单由 陈静 · 静安店 为您服务');
      const { goodsFen, discountFen, totalFen, state } = await shopping.newestOrder('xiaoyu');
      expect({ goodsFen, discountFen, totalFen, state }).toEqual({
        goodsFen: 59_900,
        discountFen: 3_000,
        totalFen: 56_900,
        state: 'paid',
      });
    },
    STEP_MS,
  );

  it(
    'the spent coupon stands among the used ones and nowhere else',
    async () => {
      await customer.goes('navigateTo', '/packages/member/coupons/index');
      await customer.reads('现在没有可用的券');
      await customer.taps('.tabs__item', '已使用');
      await customer.reads('复购券', '¥30');
      expect(await (await customer.finds('.coupon__state')).text()).toBe('已使用');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: money goes back', () => {
  it(
    'after the window the commission is hers to draw (R5.3)',
    async () => {
      await shopping.daysPass(8);
      await guide.goes('reLaunch', '/packages/guide/commissions/index?state=available');
      await guide.taps('.commission', COMMISSION);
      await guide.reads('可提现', '按比例算出', COMMISSION);
    },
    STEP_MS,
  );

  it(
    'HQ gives back ¥200.00 through WeChat, and the customer reads it at the order and in her list (R5.4)',
    async () => {
      await shopping.refunds(orderId, 20_000);
      await customer.goes('reLaunch', `/packages/shop/order/index?id=${orderId}`);
      await customer.reads('已完成', '已退 ¥200.00', '尺寸不合适');
      await customer.finds('.refund--succeeded', '已退款 ¥200.00');
      await customer.goes('reLaunch', '/packages/shop/orders/index');
      expect(await (await customer.finds('.order-card--completed')).text()).toContain('已退 ¥200.00');
      expect(await (await customer.finds('.order-card--paid')).text()).not.toContain('已退');
    },
    STEP_MS,
  );

  it(
    'the guide reads on her receipt what the refund took back, to the fen (R5.4, R5.6)',
    async () => {
      await guide.goes('reLaunch', '/packages/guide/commissions/index');
      // 9% of the ¥399.00 that are left.
      await guide.taps('.commission', '¥35.91');
      await guide.reads('顾客退款 ¥200.00', '顾客退款，按比例扣回佣金', '因退款扣回', '-¥18.00', '¥53.91', '¥35.91');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: the end of the story', () => {
  it('nobody met an error of the mini-program', () => {
    const met = [visitor, guide, customer].map(({ faults }) => faults);
    expect(met).toEqual([[], [], []]);
  });
});
