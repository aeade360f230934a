import type { ProductCard } from '@mall/shared/catalogue';
import type { ChannelCode, CodeTarget } from '@mall/shared/codes';
import type { Page as PageOf } from '@mall/shared/paging';
import { Database } from '../../server/src/platform/database/database.js';
import type { TestMall } from '../../server/test/support/test-mall.js';
import { scanPng } from '../../server/wechat-emulator/scan-for-tests.js';
import { openBrowser, type TestBrowser } from './browser-for-tests.js';
import { startDemoMall } from './demo-mall-for-tests.js';
import { Shopping } from './shopping-for-tests.js';
import { Visitor } from './visitor-for-tests.js';

let mall: TestMall;
let browser: TestBrowser;
let shopping: Shopping;
let goods: ProductCard[] = [];
let code: ChannelCode;
/** What the camera reads on the print. It is scanned again and again, and never printed anew. */
let address = '';

beforeAll(async () => {
  mall = await startDemoMall();
  browser = await openBrowser();
  shopping = new Shopping(mall);
  await shopping.opens();
  goods = (await mall.api.get<PageOf<ProductCard>>('/api/products?limit=2')).items;
  const [chen] = await mall.app.get(Database).query<{ id: string }>("SELECT id FROM guides WHERE name = '陈静'");
  code = await shopping.hq<ChannelCode>('/api/hq/channel-codes', {
    kind: 'channel',
    label: '静安店橱窗',
    storeId: null,
    target: { kind: 'product', id: goods[0]?.id ?? '' },
    guides: [{ guideId: chen?.id ?? '', weight: 1 }],
  });
  const picture = await fetch(`${mall.apiUrl}/api/hq/channel-codes/${code.id}/image?width=1280`, {
    headers: { authorization: `Bearer ${shopping.hqToken}` },
  });
  address = scanPng(Buffer.from(await picture.arrayBuffer())).text ?? '';
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await mall?.close();
}, 150_000);

const scans = async (persona: string): Promise<Visitor> => {
  const visitor = await Visitor.arrive(browser, mall.apiUrl, persona);
  await visitor.page.goto(`${address}&as=${persona}`);
  return visitor;
};
const leadsTo = async (target: CodeTarget): Promise<void> => {
  const { revision, label, guides } = code;
  const list = guides.map(({ guideId, weight }) => ({ guideId, weight }));
  const body = { revision, label, target, guides: list, reason: '换季' };
  const path = `/api/hq/channel-codes/${code.id}`;
  code = (await mall.api.call<ChannelCode>('PUT', path, { body, token: shopping.hqToken })).body;
};
const scenes = () =>
  mall.app
    .get(Database)
    .query<{ scene: number; n: number }>(
      `SELECT t.scene, COUNT(*) AS n FROM touches t WHERE t.channelCodeId = ? GROUP BY t.scene`,
      [code.id],
    );

describe('a code that was printed once', () => {
  it('opens the product that HQ chose, with the guide behind it, and "back" ends at home (R2.2)', async () => {
    const visitor = await scans('azhe');
    await visitor.reads(goods[0]?.title ?? '', /陈静/);
    await visitor.shoots('printed-code-01-product');
    await visitor.page.goBack();
    await visitor.sees('.home').first().waitFor();
    // Whoever comes back has scanned nothing anew.
    await visitor.page.waitForTimeout(500);
    await visitor.sees('.home').first().waitFor();
    expect(await scenes()).toEqual([{ scene: 1047, n: 1 }]);
    expect(visitor.faults).toEqual([]);
  }, 150_000);

  it('opens another product after HQ changed it, and joining after HQ changed it again (R2.2)', async () => {
    await leadsTo({ kind: 'product', id: goods[1]?.id ?? '' });
    const second = await scans('visitor-2');
    await second.reads(goods[1]?.title ?? '', /陈静/);
    await leadsTo({ kind: 'join', id: null });
    const third = await scans('visitor-3');
    await third.reads('加入后，为您服务的是', /陈静/);
    await third.shoots('printed-code-02-join');
    expect(await scenes()).toEqual([{ scene: 1047, n: 3 }]);
    expect([...second.faults, ...third.faults]).toEqual([]);
  }, 150_000);
});
