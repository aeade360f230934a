import type { PaymentParams, Quote } from '@mall/shared/orders';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { findItems } from '../../server/tools/journey/world.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { CARDIGAN, Shopping } from './shopping-for-tests.js';
import {
  atRest,
  BUDGET,
  brokenBy,
  brokenByPackages,
  contentAfter,
  costOf,
  type PageCost,
  packageSizes,
  reportOf,
  treeOf,
} from './weapp-budgets-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const STEP_MS = 120_000;
/** More than may lie on one level. */
const MANY = 64;
/** What the server gives at once, where nobody asks for less. */
const PAGE = 20;
const AT_THE_END = '都在这里了';

let mall: TestMall;
let shopping: Shopping;
let people: People;
let he: WeappPerson;
const costs: PageCost[] = [];

/** Orders of one piece each, of different goods; so many of them are paid, and a guide has her part of each. */
async function placesMany(persona: string, paid: number): Promise<void> {
  const { api, emulator, running } = mall;
  const token = await shopping.token(persona);
  const place = { province: '上海市', city: '上海市', district: '静安区', detail: '南京西路 1 号', isDefault: true };
  const to = { recipient: '周哲', phone: '13800138002', ...place };
  const { id: addressId } = await api.post<{ id: string }>('/api/me/addresses', to, token);
  const items = await findItems(api, MANY / 4);
  for (let turn = 0; turn < MANY; turn += 1) {
    const skuId = items[turn % items.length]?.sku.id;
    const wanted = { lines: [{ skuId, quantity: 1 }], addressId, couponIds: [] };
    const { quoteHash } = await api.post<Quote>('/api/quotes', wanted, token);
    const { id } = await api.postOnce<{ id: string }>('/api/orders', { ...wanted, quoteHash }, token);
    if (turn >= paid) continue;
    const params = await api.post<PaymentParams>(`/api/orders/${id}/payment`, {}, token);
    const { appId } = running.credentials;
    await emulator.call('POST', '/cashier/pay', { body: { ...params, appId, prepay_id: params.prepayId, persona } });
  }
  await mall.settle();
}

/** Customers of the guide, each with her own way to her. */
async function manyJoin(guide: string): Promise<void> {
  const code = await shopping.shareCode(guide);
  for (let turn = 0; turn < PAGE; turn += 1) {
    await shopping.touches(`guest-${turn}`, code);
    await shopping.joins(`guest-${turn}`);
  }
}

/** Scrolls until nothing more comes. */
async function seesAll(person: WeappPerson): Promise<void> {
  await person.until('the end of the list', async () => {
    await person.scrollsToTheEnd();
    return (await person.seen()).includes(AT_THE_END);
  });
}

/** Adds the page to the report, and says what is wrong with it. */
async function measures(person: WeappPerson, content?: RegExp): Promise<string[]> {
  const cost = await costOf(person, content);
  costs.push(cost);
  return brokenBy(cost);
}

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
  await shopping.touches('azhe', await shopping.shareCode('chenjing'));
  await placesMany('azhe', PAGE);
  await manyJoin('chenjing');
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);
afterAll(() => {
  if (costs.length > 0) process.stdout.write(`\n${reportOf(costs)}\n`);
});

describe('the weapp build on the local host: what it takes', () => {
  it('a tree is counted by nodes, levels and the fullest level', () => {
    const row = '<view class="row"><text>一</text></view>';
    const { nodes, depth, widest } = treeOf(
      `<page><view class="page list" style="a: b">${row.repeat(3)}</view></page>`,
    );
    expect({ nodes, depth, widest }).toEqual({ nodes: 8, depth: 4, widest: { nodes: 3, parent: 'view.page.list' } });
  });

  it('a screen breaks a budget by too many requests, too much data, or one setData that is too large', () => {
    const slim: PageCost = {
      page: 'home',
      isFirst: true,
      packages: 1,
      requests: BUDGET.firstScreenRequests,
      dataBytes: BUDGET.firstScreenData,
      dataCalls: 1,
      largestData: BUDGET.largestSetData,
      contentAfter: 1,
      ...treeOf('<page></page>'),
    };
    expect(brokenBy(slim)).toEqual([]);
    expect(brokenBy({ ...slim, isFirst: false, requests: 9, dataBytes: 99_999 })).toEqual([]);
    expect(
      brokenBy({ ...slim, requests: 4, dataBytes: 49_153, largestData: 65_537 }).map((line) => line.split(',')[0]),
    ).toEqual(['home: 4 requests', 'home: 49153 bytes of setData', 'home: 65537 bytes in one setData']);
  });

  it('a screen is measured when no answer is on its way and its data has come to rest', async () => {
    const request = (status: number | null, answeredAt: number | null) => ({
      page: 'home',
      method: 'GET',
      url: 'http://mall/api/shop-front',
      status,
      answeredAt,
    });
    const drawn = (at: number) => ({ page: 'home', bytes: 9, at });
    const before = { requests: [request(null, null)], dataCalls: [drawn(5)] };
    const answered = { requests: [request(200, 30)], dataCalls: [drawn(5)] };
    const whole = { requests: [request(200, 30)], dataCalls: [drawn(5), drawn(32), drawn(40)] };
    const looks = [before, before, answered, whole, whole];
    let looked = 0;
    const report = async () => looks[looked++];
    const until = async (_what: string, ask: () => Promise<unknown>) => {
      let found = await ask();
      while (!found) found = await ask();
      return found;
    };
    expect(await atRest({ until, surroundings: { report } } as unknown as WeappPerson)).toBe(whole);
    expect(looked).toBe(looks.length);
    expect(contentAfter(whole, /shop-front/)).toBe(32);
    expect(() => contentAfter(answered, /shop-front/)).toThrow('no setData follows an answer of /shop-front/');
  });

  it('every package is as small as agreed', () => {
    expect(brokenByPackages(packageSizes())).toEqual([]);
  });

  it(
    'home opens with few requests and little data, and its first screen is flat',
    async () => {
      he = await people.arrives('azhe');
      await he.reads('大家常买', '本周新品');
      await he.finds('.product-card__title');
      expect(await measures(he, /\/shop-front$/)).toEqual([]);
    },
    STEP_MS,
  );

  it(
    'a list of all goods and one of many orders stay flat, however far she scrolls',
    async () => {
      await he.goes('navigateTo', '/packages/shop/list/index?title=all');
      await he.finds('.product-card__title');
      await seesAll(he);
      expect(await he.counts('.product-card')).toBeGreaterThan(50);
      expect(await measures(he)).toEqual([]);
      await he.goes('navigateTo', '/packages/shop/orders/index');
      await he.finds('.order-card');
      await seesAll(he);
      expect(await he.counts('.order-card')).toBe(MANY);
      expect(await measures(he)).toEqual([]);
    },
    STEP_MS,
  );

  it(
    'a product that is opened from a card comes with few requests and little data; so does the bag',
    async () => {
      const card = `id=${await shopping.productOf(CARDIGAN)}&s=${await shopping.shareCode('chenjing')}`;
      const path = `packages/shop/product/index?${card}`;
      const she = await people.arrives('xiaoyu', path, 1007);
      await she.reads(CARDIGAN, '商品详情');
      expect(await measures(she, /\/products\/\w+$/)).toEqual([]);
      await she.goes('switchTab', '/pages/cart/index');
      await she.reads('购物袋');
      expect(await measures(she)).toEqual([]);
      await she.goes('switchTab', '/pages/me/index');
      await she.reads('我的订单');
      expect(await measures(she)).toEqual([]);
    },
    STEP_MS,
  );

  it(
    "the guide's lists stay flat",
    async () => {
      const guide = await people.arrives('chenjing', 'packages/guide/desk/index');
      await guide.reads('陈静', '今天推荐什么');
      expect(await measures(guide)).toEqual([]);
      await guide.goes('navigateTo', '/packages/guide/share/index');
      await guide.finds('.shareable');
      await seesAll(guide);
      expect(await guide.counts('.shareable')).toBeGreaterThan(50);
      expect(await measures(guide)).toEqual([]);
      const rows = { commissions: '.commission', customers: '.customer', orders: '.hand', statement: '.bill-line' };
      for (const [page, row] of Object.entries(rows)) {
        await guide.goes('navigateTo', `/packages/guide/${page}/index`);
        // Her money is not hers before the goods are received: the lines stand there.
        if (page === 'statement') await guide.taps('.tabs__item', '待收货');
        await guide.until(`many ${row}`, async () => (await guide.counts(row)) >= PAGE);
        expect(await measures(guide)).toEqual([]);
        await guide.goesBack();
      }
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program, a setData over 64 KiB among them', () => {
    expect(people.faults()).toEqual([]);
  });
});
