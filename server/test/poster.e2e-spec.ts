import type { ShareLink, SharePlacement } from '@mall/shared/guides';
import { ProblemType } from '@mall/shared/problems';
import sharp from 'sharp';
import { scanPng } from '../wechat-emulator/scan-for-tests.js';
import { expectProblem, send } from './support/e2e-http.js';
import { Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

describe.each(ENGINES)('§3 posters over HTTP [%s]', (engine) => {
  let shop: Shop;
  let productId: string;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    productId = (await shop.mall.api.get<{ items: { id: string }[] }>('/api/products')).items[0]?.id ?? '';
  });
  afterAll(() => shop.close());

  const make = (placement: SharePlacement = 'poster', body: object = { productId }) =>
    shop.mall.api.post<ShareLink>('/api/guide/share-links', { ...body, placement }, shop.guide.token);
  const posterOf = (code: string) => `/api/posters/${code}.jpg`;
  /** Read to its end: a body that nobody takes holds the connection. */
  async function look({ code }: ShareLink, headers: Record<string, string> = {}) {
    const answer = await fetch(shop.mall.apiUrl + posterOf(code), { headers });
    const image = Buffer.from(await answer.arrayBuffer());
    return { status: answer.status, type: answer.headers.get('content-type'), tag: answer.headers.get('etag'), image };
  }

  it('R8: a poster is a share intent; its address needs no token, and its code leads to the product as her guide’s', async () => {
    const before = await shop.count('share_intents', "placement = 'poster'");
    const link = await make();
    expect(await shop.count('share_intents', "placement = 'poster'")).toBe(before + 1);
    expect(new URL(link.posterUrl ?? '').pathname).toBe(posterOf(link.code));
    const { status, type, tag, image } = await look(link);
    expect([status, type]).toEqual([200, 'image/jpeg']);
    expect(image.length).toBeLessThanOrEqual(300_000);
    const scanned = new URL(scanPng(await sharp(image).png().toBuffer()).text ?? '');
    expect(scanned.searchParams.get('scene')).toBe(link.code);
    expect(scanned.searchParams.get('page')).toBe('packages/shop/product/index');
    expect(await look(link, { 'if-none-match': tag ?? '' })).toMatchObject({ status: 304, tag });
  });

  it('one for the whole shop is made too', async () => {
    const { image } = await look(await make('poster', {}));
    const scanned = scanPng(await sharp(image).png().toBuffer()).text ?? '';
    expect(new URL(scanned).searchParams.get('page')).toBe('pages/home/index');
  });

  it('another price makes another poster', async () => {
    const link = await make();
    const { tag } = await look(link);
    expect(await look(link)).toMatchObject({ tag });
    await shop.execute('UPDATE skus SET priceFen = priceFen + 1 WHERE productId = ?', [productId]);
    await shop.execute('UPDATE products SET minPriceFen = minPriceFen + 1 WHERE id = ?', [productId]);
    expect((await look(link)).tag).not.toBe(tag);
  });

  it('while WeChat makes no code there is no poster, and a sentence with when to ask again; then there is one', async () => {
    const link = await make();
    await shop.mall.emulator.call('POST', '/control/faults', {
      body: { kind: 'gateway', path: '/wxa/getwxacodeunlimit', times: 1 },
    });
    const refused = await send(shop.mall.apiUrl, 'GET', posterOf(link.code));
    const problem = expectProblem(refused, 503, ProblemType.DependencyUnavailable);
    expect(problem).toMatchObject({ detail: '小程序码暂时无法生成，请稍后再试', retryAfterSeconds: 5 });
    expect((await look(link)).status).toBe(200);
  });

  it('there is none for a link of another kind, a revoked or unknown one, or a product that is not for sale', async () => {
    const [card, revoked, gone] = [await make('card'), await make(), await make()];
    expect(card.posterUrl).toBeNull();
    await shop.mall.api.post(`/api/guide/share-links/${revoked.code}/revoke`, {}, shop.guide.token);
    const get = (path: string) => send(shop.mall.apiUrl, 'GET', path);
    for (const code of [card.code, revoked.code, '22222222', 'x', '..%2F..%2Fetc', `${gone.code}%00`]) {
      expectProblem(await get(posterOf(code)), 404, ProblemType.NotFound);
    }
    await shop.execute('UPDATE products SET published = 0 WHERE id = ?', [productId]);
    expectProblem(await get(posterOf(gone.code)), 404, ProblemType.NotFound);
    expect((await get(`/api/posters/${gone.code}.png`)).status).toBe(404);
  });
});
