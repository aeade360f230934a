import type { ProductCard } from '@mall/shared/catalogue';
import type { ChannelCode, CodeTarget } from '@mall/shared/codes';
import type { CommissionEntry } from '@mall/shared/guides';
import type { Page as PageOf } from '@mall/shared/paging';
import { Database } from '../../server/src/platform/database/database.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { scanPng } from '../../server/wechat-emulator/scan-for-tests.js';
import { startFilledMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { buysNow, pays } from './weapp-buying-for-tests.js';
import { People } from './weapp-people-for-tests.js';
import type { WeappPerson } from './weapp-person-for-tests.js';

const STEP_MS = 120_000;
const SCANNED = 1047;
const PRODUCT = 'packages/shop/product/index';

let mall: TestMall;
let people: People;
let shopping: Shopping;
let guide: WeappPerson;
let stranger: WeappPerson;
let goods: ProductCard[] = [];
let printed: ChannelCode;

beforeAll(async () => {
  mall = await startFilledMall();
  people = new People(mall);
  shopping = new Shopping(mall);
  await shopping.opens();
  goods = (await mall.api.get<PageOf<ProductCard>>('/api/products?limit=2&inStock=true')).items;
}, 150_000);

afterAll(() => people?.leave(), 150_000);
afterAll(() => mall?.close(), 150_000);

/** What WeChat opens after a scan: the page of the code, and its scene encoded. */
function pathOfScan(picture: Buffer): string {
  const scan = new URL(scanPng(picture).text ?? '');
  const [page, scene] = [scan.searchParams.get('page'), scan.searchParams.get('scene')];
  return `${page}?scene=${encodeURIComponent(scene ?? '')}`;
}

async function pictureAt(address: string, token = shopping.hqToken): Promise<Buffer> {
  const answer = await fetch(address, { headers: { authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  return Buffer.from(await answer.arrayBuffer());
}

/** Through which codes and scenes she came, in order. */
const touches = () =>
  mall.app
    .get(Database)
    .query<{ scene: number; guide: string | null }>(
      `SELECT t.scene, g.name AS guide FROM touches t LEFT JOIN guides g ON g.id = t.guideId ORDER BY t.occurredAt, t.id`,
    );

describe('the weapp build on the local host: a code is scanned', () => {
  it(
    'the guide asks for a code of a product, and its picture says page and scene (R2.2)',
    async () => {
      guide = await people.arrives('chenjing', `packages/guide/share-link/index?productId=${goods[0]?.id}`);
      await guide.reads('轻点看大图', '小程序码');
      await guide.taps('#save-code');
      await guide.taps('#agree-privacy');
      await guide.answers('authorization', () => guide.native.authorizeAllow());
      await guide.hears('小程序码已保存');
    },
    STEP_MS,
  );

  it(
    'a stranger who scans it reads whose it is, and the visit is the guide’s (1047)',
    async () => {
      const [code] = await mall.app
        .get(Database)
        .query<{ code: string }>("SELECT code FROM share_links WHERE placement = 'code'");
      const path = pathOfScan(await pictureAt(`${mall.apiUrl}/api/codes/${code?.code}.png`));
      expect(path).toBe(`${PRODUCT}?scene=${code?.code}`);
      stranger = await people.arrives('azhe', path, SCANNED);
      await stranger.reads(goods[0]?.title ?? '', '陈静 · 静安店 推荐', '商品详情');
      expect(await touches()).toEqual([{ scene: SCANNED, guide: '陈静' }]);
    },
    STEP_MS,
  );

  it(
    'she buys without joining, the order is the guide’s, and joining is offered afterwards (R3.1)',
    async () => {
      await shopping.lives('azhe');
      await buysNow(stranger);
      await stranger.reads('南京西路 1 号', '应付');
      await stranger.taps('#place-order', '提交订单');
      await pays(stranger);
      await stranger.reads('付款成功', '这一单由 陈静 · 静安店 为您服务', '加入会员');
      const { attribution } = await shopping.newestOrder('azhe');
      expect(attribution.guide).toMatchObject({ name: '陈静', storeName: '静安店' });
      await mall.settle();
      const path = '/api/guide/commissions';
      const earned = await mall.api.get<PageOf<CommissionEntry>>(path, await shopping.token('chenjing'));
      expect(earned.items.map(({ state }) => state)).toEqual(['pending']);
      await stranger.taps('.pay-result__join');
      await stranger.arrivesAt('packages/member/join/index');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: a code that HQ printed', () => {
  const leadsTo = async (target: CodeTarget): Promise<void> => {
    const { revision, label, guides, id } = printed;
    const list = guides.map(({ guideId, weight }) => ({ guideId, weight }));
    const body = { revision, label, target, guides: list, reason: '换季' };
    printed = (
      await mall.api.call<ChannelCode>('PUT', `/api/hq/channel-codes/${id}`, { body, token: shopping.hqToken })
    ).body;
  };
  let path = '';

  it(
    'opens the product that HQ chose, with the guide behind it, and "back" ends at home (R2.2)',
    async () => {
      const [liu] = await mall.app.get(Database).query<{ id: string }>("SELECT id FROM guides WHERE name = '刘雯'");
      printed = await shopping.hq<ChannelCode>('/api/hq/channel-codes', {
        kind: 'channel',
        label: '静安店橱窗',
        storeId: null,
        target: { kind: 'product', id: goods[1]?.id ?? '' },
        guides: [{ guideId: liu?.id ?? '', weight: 1 }],
      });
      path = pathOfScan(await pictureAt(`${mall.apiUrl}/api/hq/channel-codes/${printed.id}/image?width=1280`));
      expect(path).toBe(`pages/home/index?scene=${printed.code}`);
      await stranger.surroundings.enters(path, SCANNED);
      await stranger.arrivesAt(PRODUCT);
      await stranger.reads(goods[1]?.title ?? '', '刘雯 · 静安店 推荐');
      expect((await touches()).at(-1)).toEqual({ scene: SCANNED, guide: '刘雯' });
      await stranger.goesBack();
      await stranger.arrivesAt('pages/home/index');
      await stranger.reads('大家常买', '刘雯 · 静安店 推荐');
    },
    STEP_MS,
  );

  it(
    'opens a brand, joining or home after HQ changed it, without a new print (R2.2)',
    async () => {
      const [brand] = await mall.api.get<{ id: string; name: string }[]>('/api/brands');
      await leadsTo({ kind: 'brand', id: brand?.id ?? '' });
      await stranger.surroundings.enters(path, SCANNED);
      await stranger.arrivesAt('packages/shop/list/index');
      expect((await stranger.page()).query).toEqual({ brandId: brand?.id });
      await stranger.finds('.product-card', brand?.name);
      await leadsTo({ kind: 'join', id: null });
      await stranger.surroundings.enters(path, SCANNED);
      await stranger.arrivesAt('packages/member/join/index');
      // Her paid order has made her 陈静's, and no scan takes her away (R2.3).
      await stranger.reads('加入后，为您服务的是', '陈静 · 静安店');
      await leadsTo({ kind: 'home', id: null });
      await stranger.surroundings.enters(path, SCANNED);
      await stranger.reads('大家常买', '刘雯 · 静安店 推荐');
      expect((await stranger.page()).path).toBe('pages/home/index');
    },
    STEP_MS,
  );
});

describe('the weapp build on the local host: another guide’s card', () => {
  it(
    'a member opens it on a warm start: the visit counts, her order stays with the guide who serves her (R3.2a)',
    async () => {
      await shopping.joins('azhe');
      const other = `/${PRODUCT}?id=${goods[1]?.id}&s=${await shopping.shareCode('guide-liuwen')}`;
      await stranger.surroundings.enters(other, 1008);
      await stranger.reads(goods[1]?.title ?? '', '刘雯 · 静安店 推荐');
      expect((await touches()).at(-1)).toEqual({ scene: 1008, guide: '刘雯' });
      await buysNow(stranger);
      await stranger.reads('南京西路 1 号', '应付');
      await stranger.taps('#place-order', '提交订单');
      await pays(stranger);
      await stranger.reads('付款成功', '这一单由 陈静 · 静安店 为您服务');
      await stranger.taps('#to-order');
      await stranger.reads('陈静 · 静安店 为您服务');
      await stranger.taps('#why-served');
      const sentence = await (await stranger.finds('.why__sentence')).text();
      expect(sentence).toContain('陈静');
      expect(sentence).not.toContain('刘雯');
      expect((await shopping.newestOrder('azhe')).attribution.guide?.name).toBe('陈静');
    },
    STEP_MS,
  );

  it(
    'a forged code opens the page quietly and names no guide (R3.1)',
    async () => {
      await stranger.surroundings.enters(`/${PRODUCT}?id=${goods[0]?.id}&s=ZZZZ9999`, 1008);
      await stranger.reads(goods[0]?.title ?? '', '商品详情');
      await stranger.countsTo(0, '.guide-badge');
      await stranger.countsTo(0, '.notice');
    },
    STEP_MS,
  );

  it('nobody met an error of the mini-program', () => {
    expect([guide, stranger].map(({ faults }) => faults)).toEqual([[], []]);
  });
});
