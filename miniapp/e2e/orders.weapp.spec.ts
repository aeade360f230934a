import type { OrderDetail } from '@mall/shared/orders';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { findItems } from '../../server/tools/journey/world.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { buysNow, pays } from './weapp-buying-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const PERSONA = 'xiaoyu';
const STEP_MS = 120_000;
const ORDER = 'packages/shop/order/index';
const CHECKOUT = 'packages/shop/checkout/index';

let mall: TestMall;
let shopping: Shopping;
let person: WeappPerson;
let cardiganId = '';
let giftTitle = '';
let collected: OrderDetail;
let delivered: OrderDetail;

beforeAll(async () => {
  mall = await startFilledMall();
  shopping = new Shopping(mall);
  await shopping.opens();
  await shopping.touches(PERSONA, await shopping.shareCode('chenjing'));
  await shopping.joins(PERSONA);
  cardiganId = await shopping.productOf(CARDIGAN);
  const gift = (await findItems(mall.api, 8)).find(({ product }) => product.id !== cardiganId);
  giftTitle = gift?.product.title ?? '';
  const coupon = { name: '到店礼', kind: 'gift', thresholdFen: 10_000, giftSkuId: gift?.sku.id ?? '' } as const;
  await shopping.grants(PERSONA, coupon);
  person = await new People(mall).arrives(PERSONA, CHECKOUT);
}, 150_000);

afterAll(() => person?.leaves(), 150_000);
afterAll(() => mall?.close(), 150_000);

async function checksOut(): Promise<void> {
  await person.goes('reLaunch', `/packages/shop/product/index?id=${cardiganId}`);
  await buysNow(person, '松绿', 'M');
}

const opensOrder = ({ id }: OrderDetail) => person.goes('reLaunch', `/${ORDER}?id=${id}`);

describe('the weapp build on the local host: goods that she collects, with a gift', () => {
  it(
    'a checkout of nothing leads to the bag',
    async () => {
      await person.reads('没有要结算的商品');
      await person.taps('.notice__action', '去购物袋');
      await person.arrivesAt('pages/cart/index');
    },
    STEP_MS,
  );

  it(
    'the gift stands in the price with what it is worth, and in the picker with its name (R6.1)',
    async () => {
      await checksOut();
      await person.reads('快递到家', '添加收货地址', giftTitle, '赠品 价值 ¥', '到店礼', '请先填地址');
      await person.finds('#place-order.is-disabled');
      await person.taps('#checkout-coupons');
      await person.reads('这一单送', '×1');
      await person.taps('.coupon-picker .sheet__close');
      await person.countsTo(0, '.coupon-picker');
    },
    STEP_MS,
  );

  it(
    'she goes between delivery and store, looks at the stores without choosing, and chooses (R5.2)',
    async () => {
      await person.taps('.tabs__item', '到店自提');
      await person.reads('选择自提门店', '请先选门店');
      await person.taps('#checkout-store');
      await person.taps('.store-picker .sheet__close');
      await person.countsTo(0, '.store-picker');
      await person.reads('请先选门店');
      await person.taps('#checkout-store');
      // A finger over the veil leaves the page behind it where it is.
      const before = await (await person.page()).scrollTop();
      const up = () => person.surroundings.drags({ x: 195, y: 260 }, { x: 195, y: 120 });
      await person.finds('.store-picker .checkout__row', '静安店');
      await up();
      // The SDK touches the middle of things, and that of the veil lies under the panel.
      await (await person.finds('.store-picker .sheet__scrim')).trigger('tap');
      await person.countsTo(0, '.store-picker');
      expect(await (await person.page()).scrollTop()).toBe(before);
      await up();
      await person.until('the page to move', async () => (await (await person.page()).scrollTop()) > before);
      await person.taps('#checkout-store');
      await person.taps('.store-picker .checkout__row', '静安店');
      await person.reads('备好后凭提货码取货', '免运费', '提交订单');
      await person.taps('.tabs__item', '快递到家');
      await person.reads('添加收货地址', '请先填地址');
      await person.taps('.tabs__item', '到店自提');
      await person.reads('静安店', '提交订单');
      await person.types('#checkout-remark', '请用礼品袋');
      await person.taps('#place-order');
      await pays(person);
      await person.reads('付款成功', '备好后在订单里能看到提货码');
      await person.taps('#to-order');
      await person.reads('备货中', '到店自提 静安店', '请用礼品袋', giftTitle);
      await mall.settle();
      collected = await shopping.newestOrder(PERSONA);
      expect(collected).toMatchObject({ state: 'paid', totalFen: 59_900, freightFen: 0, remark: '请用礼品袋' });
      expect(collected.lines.map(({ title, isGift }) => [title, isGift])).toEqual([
        [CARDIGAN, false],
        [giftTitle, true],
      ]);
    },
    STEP_MS,
  );

  it(
    'when the goods are ready she reads her code, and can say herself that she has them (R5.2)',
    async () => {
      await shopping.hq(`/api/hq/orders/${collected.id}/pickup-ready`);
      await person.pullsDown();
      await person.reads('待自提', `提货码 · 单号尾 ${collected.number.slice(-6)}`);
      expect(await (await person.finds('#pickup-code')).text()).toMatch(/^\w{3} \w{3}$/);
      await person.taps('#confirm-receipt');
      await person.answers('modal', () => person.native.cancelModal());
      await person.finds('#pickup-code');
      expect((await shopping.newestOrder(PERSONA)).state).toBe('pickup_ready');
      await person.taps('#confirm-receipt');
      await person.answers('modal', () => person.native.confirmModal());
      await person.hears('已确认收货，谢谢您');
      await person.reads('已收货');
      await person.countsTo(0, '#pickup-code');
    },
    STEP_MS,
  );

  it(
    'goods that come back without the gift pay back less, and her order says so (R6.6)',
    async () => {
      await shopping.refundsOne(collected);
      const [refund] = (await shopping.newestOrder(PERSONA)).refunds;
      expect(refund?.withheldFen).toBeGreaterThan(0);
      await person.pullsDown();
      await person.reads('已退款', '赠品没有一起退回，已扣 ¥', '退回商品 ¥599.00');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: an order that is sent', () => {
  it(
    'a price that changed while she looked is shown before she orders at it (R7.4)',
    async () => {
      await shopping.lives(PERSONA);
      await checksOut();
      await person.reads('南京西路 1 号', '¥599.00');
      await mall.app
        .get(UnitOfWork)
        .run((tx) => tx.execute('UPDATE skus SET priceFen = 61300 WHERE productId = ?', [cardiganId]));
      await person.taps('#place-order', '提交订单');
      await person.reads('价格有变化，请看过之后再提交。', '¥613.00');
      expect((await shopping.newestOrder(PERSONA)).id).toBe(collected.id);
      await person.taps('#place-order', '提交订单');
      await pays(person);
      await person.reads('付款成功', '¥613.00');
      delivered = await shopping.newestOrder(PERSONA);
      expect(delivered).toMatchObject({ state: 'paid', totalFen: 61_300 });
    },
    STEP_MS,
  );

  it(
    'she may have WeChat tell her when it leaves (§4)',
    async () => {
      await person.taps('#subscribe-payment', '通知我');
      await person.answers('authorization', () => person.native.authorizeAllow());
      await person.reads('好的，到时候微信里告诉您。');
      await person.until('the report', async () => (await person.askedFor(/\/api\/subscriptions$/)) === 1);
    },
    STEP_MS,
  );

  it(
    'its numbers go into the clipboard once she agreed to the guideline (§8)',
    async () => {
      await shopping.hq(`/api/hq/orders/${delivered.id}/shipments`, { carrier: 'SF', trackingNumber: 'SF7654321098' });
      await opensOrder(delivered);
      await person.reads('待收货', '顺丰速运 SF7654321098');
      await person.taps('.order__copy', '复制');
      await person.reads('把内容复制到剪贴板之前');
      await person.taps('#refuse-privacy');
      await person.hears('同意隐私指引后才能做这一步');
      expect((await person.surroundings.state()).clipboard).toBe('');
      await person.taps('.order__copy', '复制');
      await person.taps('#agree-privacy');
      const clipboard = (text: string) =>
        person.until(text, async () => (await person.surroundings.state()).clipboard === text);
      await clipboard('SF7654321098');
      await person.taps('.order__number');
      await clipboard(delivered.number);
    },
    STEP_MS,
  );

  it(
    'she reads why this guide serves it, and where to ask for another (R3.1)',
    async () => {
      await person.surroundings.goesOffline(true);
      await person.taps('#why-served', '为什么由 ta 服务');
      await person.finds('.why .notice', '网络不太顺畅');
      await person.surroundings.goesOffline(false);
      await person.taps('.why .notice__action', '再试一次');
      await person.finds('.why__sentence', '陈静');
      await person.reads('下单时判定，之后不会变');
      await person.taps('.why .sheet__close');
      await person.countsTo(0, '.why');
      await person.taps('#why-served');
      await person.taps('.why__change');
      await person.arrivesAt('packages/member/my-guide/index');
      await person.goesBack();
    },
    STEP_MS,
  );

  it(
    'who leaves WeChat’s page of receipt has not confirmed, and a line leads to its product (R5.2)',
    async () => {
      await mall.settle();
      await opensOrder(delivered);
      await person.taps('#confirm-receipt');
      await person.answers('page', () => person.surroundings.pressesOnPlatform('button.plain'));
      await person.reads('待收货');
      expect((await shopping.newestOrder(PERSONA)).state).toBe('shipped');
      await person.taps('.order__line', CARDIGAN);
      await person.arrivesAt('packages/shop/product/index');
      await person.reads(CARDIGAN, '商品详情');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: all her orders', () => {
  it(
    'each tab shows the orders of its state, and says when there are none',
    async () => {
      await person.goes('reLaunch', '/packages/shop/orders/index?state=shipped');
      await person.countsTo(1, '.order-card');
      await person.finds('.order-card--shipped', '待收货');
      await person.taps('.tabs__item', '全部');
      await person.countsTo(2, '.order-card');
      await person.taps('.tabs__item', '已收货');
      await person.countsTo(1, '.order-card');
      await person.finds('.order-card--received', '共 2 件，合计 ¥599.00');
      for (const state of ['待发货', '待自提', '待付款']) {
        await person.taps('.tabs__item', state);
        await person.reads(`没有${state}的订单`);
      }
      await person.taps('.notice__action', '去逛逛');
      await person.arrivesAt('pages/home/index');
    },
    STEP_MS,
  );

  it(
    'a card leads to its order, the list is asked again on the way back, and goes on below',
    async () => {
      await person.goes('reLaunch', '/packages/shop/orders/index');
      await person.countsTo(2, '.order-card');
      const addressId = await shopping.lives(PERSONA);
      await shopping.restocks(60);
      for (let made = 0; made < 20; made += 1) await shopping.places(PERSONA, { addressId });
      await person.taps('.order-card', '¥613.00');
      await person.arrivesAt(ORDER);
      expect((await person.page()).query).toEqual({ id: delivered.id });
      await person.goesBack();
      await person.countsTo(20, '.order-card--created');
      await person.scrollsToTheEnd();
      await person.countsTo(22, '.order-card');
      await person.reads('都在这里了');
    },
    STEP_MS,
  );

  it(
    'an order of somebody else looks like one that is not there (R7.1)',
    async () => {
      const foreign = await shopping.places('azhe');
      await person.goes('navigateTo', `/${ORDER}?id=${foreign}`);
      await person.reads('没有找到，可能已经不在了。');
      await person.countsTo(0, '.order__state');
      await person.taps('.notice__action', '返回');
      await person.arrivesAt('packages/shop/orders/index');
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program', () => {
    expect(person.faults).toEqual([]);
  });
});
