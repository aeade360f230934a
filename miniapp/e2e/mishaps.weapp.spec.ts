import type { Me } from '@mall/shared/membership';
import type { OrderSummary } from '@mall/shared/orders';
import { UnitOfWork } from '../../server/src/platform/database/unit-of-work.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { WeakLine } from './weak-line-for-tests.js';
import { buysNow, leavesCashier, pays } from './weapp-buying-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const PERSONA = 'azhe';
const STEP_MS = 120_000;
const ORDERS = 'POST /api/orders';

let mall: TestMall;
let shopping: Shopping;
let line: WeakLine;
let person: WeappPerson;
let productPath = '';

beforeAll(async () => {
  mall = await startFilledMall();
  shopping = new Shopping(mall);
  await shopping.opens();
  line = await WeakLine.open(mall.apiUrl);
  productPath = `/packages/shop/product/index?id=${await shopping.productOf(CARDIGAN)}`;
  await shopping.lives(PERSONA);
  person = await new People(mall, line.url).arrives(PERSONA, productPath);
}, 150_000);

afterAll(() => person?.leaves(), 150_000);
afterAll(() => line?.close(), 150_000);
afterAll(() => mall?.close(), 150_000);

const orders = () => shopping.ordersOf(PERSONA);

/** From the product to a checkout that only waits for the button. */
async function checksOut(): Promise<void> {
  await person.goes('reLaunch', productPath);
  await buysNow(person, '松绿', 'M');
  await person.reads('南京西路 1 号', '提交订单', '应付');
}

describe('the weapp build on the local host: she says no', () => {
  it(
    'who keeps her number to herself reads why, goes on browsing, and joins at the second try (R2.3)',
    async () => {
      await person.reads(CARDIGAN);
      await person.goes('navigateTo', '/packages/member/join/index');
      await person.taps('#consent-membership');
      await person.taps('#join-phone');
      await person.answers('authorization', () => person.native.authorizeCancel());
      await person.reads('没有拿到手机号。不加入也可以照常购买。');
      expect(line.to('POST /api/me/join')).toEqual([]);
      await person.taps('#not-now');
      await person.reads(CARDIGAN, '商品详情');
      await person.goes('navigateTo', '/packages/member/join/index');
      await person.taps('#consent-membership');
      await person.taps('#join-phone');
      await person.answers('authorization', () => person.native.authorizeAllow());
      await person.hears('欢迎加入');
      await person.arrivesAt('packages/shop/product/index');
      await person.goes('switchTab', '/pages/me/index');
      await person.reads('会员 138****8002');
    },
    STEP_MS,
  );

  it(
    'who leaves the cashier finds an order that waits, and pays it from there (R7.5)',
    async () => {
      await checksOut();
      await person.taps('#place-order');
      await leavesCashier(person);
      await person.arrivesAt('packages/shop/order/index');
      await person.reads('待付款', '前付款，之后订单会自动取消。', '应付', '去付款');
      expect((await orders()).map(({ state }) => state)).toEqual(['created']);
      await person.taps('#pay-order');
      await pays(person);
      await person.reads('付款成功', '¥599.00');
      expect((await orders()).map(({ state }) => state)).toEqual(['paid']);
      await person.taps('.pay-result__action', '再逛逛');
      await person.arrivesAt('pages/home/index');
    },
    STEP_MS,
  );

  it(
    'an unpaid order is cancelled only after she said so twice (R7.3)',
    async () => {
      await checksOut();
      await person.taps('#place-order');
      await leavesCashier(person);
      await person.taps('#cancel-order');
      await person.answers('modal', () => person.native.cancelModal());
      await person.finds('#pay-order');
      expect((await orders())[0]?.state).toBe('created');
      await person.taps('#cancel-order');
      await person.answers('modal', () => person.native.confirmModal());
      await person.reads('已取消', '订单已取消，没有产生费用。');
      await person.countsTo(0, '.action-bar');
      expect((await orders()).map(({ state }) => state)).toEqual(['cancelled', 'paid']);
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: what fails on the way', () => {
  it(
    'a session that ends in the middle of the checkout is renewed without a word, and one order comes of it',
    async () => {
      await checksOut();
      const { id } = await mall.api.get<Me>('/api/me', await shopping.token(PERSONA));
      await mall.app
        .get(UnitOfWork)
        .run((tx) => tx.execute('UPDATE sessions SET expiresAt = createdAt WHERE subjectId = ?', [id]));
      shopping.forgets(PERSONA);
      const before = line.asked.length;
      await person.taps('#place-order');
      await leavesCashier(person);
      await person.reads('待付款');
      const said = line.asked
        .slice(before)
        .map(({ method, path, status }) => `${method} ${path} ${status}`)
        .filter((each) => /orders 4|orders 2|sessions/.test(each));
      expect(said).toEqual([`${ORDERS} 401`, 'POST /api/sessions/wechat 201', `${ORDERS} 201`]);
      expect((await orders()).map(({ state }) => state)).toEqual(['created', 'cancelled', 'paid']);
    },
    STEP_MS,
  );

  it(
    'an order whose answer was lost is placed once, under one key, however often she presses (R7.2)',
    async () => {
      await checksOut();
      const before = line.to(ORDERS).length;
      await person.surroundings.goesOffline(true);
      await person.taps('#place-order');
      await person.reads('没有收到回应。再按一次即可，不会重复下单。');
      expect(line.to(ORDERS)).toHaveLength(before);
      await person.surroundings.goesOffline(false);
      line.losesAnswerTo(ORDERS);
      await person.taps('#place-order', '提交订单');
      await person.until('the loss', async () => line.to(ORDERS).length === before + 1);
      await person.reads('没有收到回应。再按一次即可，不会重复下单。');
      await person.taps('#place-order', '提交订单');
      await leavesCashier(person);
      await person.reads('待付款');
      const attempts = line.to(ORDERS).slice(before);
      expect(attempts.map(({ status, isLost }) => [status, isLost])).toEqual([
        [201, true],
        [201, false],
      ]);
      expect(new Set(attempts.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
      expect((await orders()).map(({ state }) => state)).toEqual(['created', 'created', 'cancelled', 'paid']);
    },
    STEP_MS,
  );

  it(
    'when the way to the cashier is lost the order waits on its page, and the phone decides nothing (R7.5)',
    async () => {
      const [{ id }] = (await orders()) as [OrderSummary];
      const payment = `POST /api/orders/${id}/payment`;
      line.losesAnswerTo(payment);
      await person.taps('#pay-order');
      await person.hears('网络不太顺畅');
      await person.taps('#pay-order');
      await leavesCashier(person);
      await person.arrivesAt('packages/shop/order/index');
      expect(
        line
          .to(payment)
          .map(({ isLost }) => isLost)
          .slice(-2),
      ).toEqual([true, false]);
    },
    STEP_MS,
  );

  it(
    'a result that nobody knows is not called paid; asked again with a line it is unpaid, and she can pay (R7.5)',
    async () => {
      const [{ id }] = (await orders()) as [OrderSummary];
      await person.surroundings.goesOffline(true);
      await person.goes('reLaunch', `/packages/shop/pay-result/index?orderId=${id}&payResult=cancel`);
      await person.reads('暂时查不到支付结果', '已付的款不会丢');
      await person.surroundings.goesOffline(false);
      await person.taps('.pay-result__action', '再查一次');
      await person.reads('还没有收到付款');
      await person.taps('.pay-result__link', '查看订单');
      await person.reads('待付款');
      await person.goes('reLaunch', `/packages/shop/pay-result/index?orderId=${id}&payResult=cancel`);
      await person.taps('.pay-result__action', '继续付款');
      await pays(person);
      await person.reads('付款成功');
      expect((await orders())[0]?.state).toBe('paid');
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program', () => {
    expect(person.faults).toEqual([]);
  });
});
