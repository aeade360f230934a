import { join } from 'node:path';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

let mall: TestMall;
let shopping: Shopping;
let productId = '';
let sharedPath = '';
let people: People;
let person: WeappPerson;

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
  productId = await shopping.productOf(CARDIGAN);
  sharedPath = `/packages/shop/product/index?id=${productId}&s=${await shopping.shareCode('chenjing')}`;
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

describe('the weapp build on the local host: visits', () => {
  it('the mini-program opens at home, a card of the shelf leads to its product, and back', async () => {
    person = await people.arrives('azhe');
    await person.reads('大家常买', '本周新品');
    const card = await person.finds('.product-card');
    const title = await (await card.$('.product-card__title'))?.text();
    await card.tap();
    await person.reads(title ?? '', '商品详情');
    expect((await person.page()).path).toBe('packages/shop/product/index');
    await person.goesBack();
    await person.reads('大家常买');
    expect((await person.page()).path).toBe('pages/home/index');
  }, 150_000);

  it('somebody new is signed in without being asked, and is offered to join (R2.3)', async () => {
    await person.goes('switchTab', '/pages/me/index');
    await person.reads('您好', '还没有加入会员，也可以随意逛和买');
    await person.taps('#to-join');
    await person.reads('不加入也可以照常浏览和购买。');
    await person.taps('#not-now');
    await person.finds('#to-join');
  }, 150_000);

  it('a card that is opened while the mini-program waits in the background is a visit of its own (R3.2)', async () => {
    const touches = () => person.askedFor(/\/api\/touches$/);
    const before = await touches();
    await person.surroundings.enters(sharedPath, 1008);
    await person.reads(CARDIGAN, '陈静 · 静安店 推荐');
    await person.until('the touch', async () => (await touches()) > before);
    expect(await (await person.page()).path).toBe('packages/shop/product/index');
  }, 150_000);

  it('without a line she reads so, and with it the page comes', async () => {
    await person.surroundings.goesOffline(true);
    await person.goes('navigateTo', '/packages/shop/list/index?q=%E7%9A%82');
    const retry = await person.finds('.notice');
    expect(await retry.text()).toMatch(/网络/);
    await person.surroundings.goesOffline(false);
    await person.taps('.notice__action');
    await person.reads('冷制橄榄皂');
  }, 150_000);

  it('her code goes into the album only after she agreed to the guideline and to the album (§8)', async () => {
    const guide = await people.arrives('chenjing', `packages/guide/share-link/index?productId=${productId}`);
    await guide.taps('#save-code');
    await guide.reads('把图片存进相册');
    await guide.taps('#refuse-privacy');
    await guide.until('the refusal', async () => /隐私指引/.test((await guide.surroundings.state()).toast ?? ''));
    await guide.taps('#save-code');
    await guide.taps('#agree-privacy');
    await guide.answers('authorization', () => guide.native.authorizeAllow());
    await guide.until('the end', async () => (await guide.surroundings.state()).toast === '小程序码已保存');
    await guide.shoots(join(process.cwd(), 'var', 'weapp-share-link.png'));
  }, 150_000);

  it('nobody met an error of the mini-program', () => {
    expect(people.faults()).toEqual([]);
  });
});
