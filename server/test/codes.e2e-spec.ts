import type { ChannelCode } from '@mall/shared/codes';
import type { AttributionView } from '@mall/shared/hq';
import type { JoinOffer } from '@mall/shared/membership';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import { ReplayAttribution } from '../src/distribution/attribution/attribution.public.js';
import { WallClock } from '../src/platform/clock/wall-clock.js';
import { Database } from '../src/platform/database/database.js';
import { Codes } from './support/e2e-codes.js';
import { expectProblem, send } from './support/e2e-http.js';
import { type GuidePerson, type Person, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const HOME = 'pages/home/index';
const PRODUCT = 'packages/shop/product/index';

describe.each(ENGINES)('codes and links, from the scan to the order [%s]', (engine) => {
  let shop: Shop;
  let codes: Codes;
  let chen: GuidePerson;
  let wang: GuidePerson;
  let bag = '';
  beforeAll(async () => {
    shop = await Shop.open(engine);
    codes = new Codes(shop);
    chen = shop.guide;
    wang = await shop.newGuide('王敏');
    bag = await codes.productOf(shop.skus.BAG);
  });
  afterAll(() => shop.close());

  /** Whose the order is and why, as HQ reads it. */
  const whose = async ({ id }: OrderDetail) => {
    const { branch, guideId, storeId, losers } = await shop.hqGet<AttributionView>(`/api/hq/orders/${id}/attribution`);
    return { branch, guideId, storeId, lost: losers.map(({ reason }) => reason) };
  };
  const buys = async (person: Person) => whose(await shop.buy(person, { BAG: 1 }));
  const touchesOf = (person: Person) =>
    shop.query<{ scene: number; placement: string; validity: string; productId: string | null }>(
      'SELECT scene, placement, validity, productId FROM touches WHERE memberId = ? ORDER BY id',
      [person.memberId],
    );
  const won = (guide: GuidePerson, lost: string[] = []) => ({
    branch: 'c',
    guideId: guide.guideId,
    storeId: shop.store.id,
    lost,
  });

  it('R3.2c, §3: a guide’s code for a product opens the product, and her touch wins the order', async () => {
    const { codeImageUrl } = await codes.share(chen, bag);
    const landing = await codes.scan(await codes.picture(codeImageUrl));
    expect(landing).toMatchObject({ page: PRODUCT, scene: 1047 });
    const person = await shop.newCustomer();
    expect(await codes.arrive(person, landing)).toEqual({
      guide: { name: '陈静', storeName: '静安店' },
      target: { kind: 'product', id: bag },
    });
    expect(await touchesOf(person)).toEqual([{ scene: 1047, placement: 'code', validity: 'valid', productId: bag }]);
    expect(await buys(person)).toEqual(won(chen));
  });

  it('R3.2c, §3: a guide’s own code opens home, and the newer of two guides’ codes wins', async () => {
    const person = await shop.newCustomer({ through: chen.code });
    const landing = await codes.scan(await codes.picture((await codes.share(wang)).codeImageUrl), 1048);
    expect(landing).toMatchObject({ page: HOME, scene: 1048 });
    expect((await codes.arrive(person, landing)).target).toEqual({ kind: 'home', id: null });
    expect(await buys(person)).toEqual(won(wang, ['older_touch']));
  });

  it('R3.2e: a store’s code makes her the store’s by joining; the order is the store’s and no guide’s', async () => {
    const code = await codes.print({ kind: 'store', storeId: shop.store.id, target: { kind: 'join', id: null } });
    const landing = await codes.scan(await codes.printed(code));
    expect(landing).toMatchObject({ page: HOME, shareCode: code.code });
    const person = await shop.newCustomer();
    expect(await codes.arrive(person, landing)).toEqual({ guide: null, target: { kind: 'join', id: null } });
    // Before she joins she is nobody's.
    expect(await buys(person)).toEqual({ branch: 'f', guideId: null, storeId: null, lost: ['no_guide'] });
    const offer = await shop.mall.api.get<JoinOffer>('/api/me/join-offer', person.token);
    expect(offer).toMatchObject({ guide: null, storeName: '静安店' });
    await codes.joins(person);
    expect(await buys(person)).toMatchObject({ branch: 'e', guideId: null, storeId: shop.store.id });
    // A store without a guide keeps nobody from one: the touch wins, and with it the relation.
    await codes.arrive(person, { shareCode: chen.code, scene: 1007 });
    expect(await buys(person)).toMatchObject({ branch: 'c', guideId: chen.guideId });
    expect(await shop.count('bindings', 'memberId = ? AND guideId = ?', [person.memberId, chen.guideId])).toBe(1);
  });

  it('R2.2: a parcel’s code names a guide and a product, and brings the next order to her', async () => {
    const target = { kind: 'product', id: bag } as const;
    const code = await codes.print({ kind: 'pack', storeId: shop.store.id, target, guides: codes.listOf(wang) });
    const person = await shop.newCustomer();
    const landing = await codes.scan(await codes.printed(code, 1280), 1049);
    expect(await codes.arrive(person, landing)).toMatchObject({ guide: { name: '王敏' }, target });
    expect(await touchesOf(person)).toEqual([{ scene: 1049, placement: 'pack', validity: 'valid', productId: bag }]);
    expect(await buys(person)).toEqual(won(wang));
  });

  it('R2.2: visitors of a channel code are shared out, each keeps her guide, and another list changes nothing for them', async () => {
    const code = await codes.print({ guides: codes.listOf(chen, wang) });
    const landing = await codes.scan(await codes.printed(code));
    const [first, second] = [await shop.newCustomer(), await shop.newCustomer()];
    expect((await codes.arrive(first, landing)).guide?.name).toBe('陈静');
    expect((await codes.arrive(second, landing)).guide?.name).toBe('王敏');
    const change = { revision: code.revision, label: code.label, reason: '换季' };
    const body = { ...change, target: { kind: 'product', id: bag }, guides: codes.listOf(wang, chen) };
    await shop.mall.api.call('PUT', `/api/hq/channel-codes/${code.id}`, { body, token: shop.hqToken });
    expect(await codes.arrive(first, landing)).toEqual({
      guide: { name: '陈静', storeName: '静安店' },
      target: { kind: 'product', id: bag },
    });
    expect([await buys(first), await buys(second)]).toEqual([won(chen, ['older_touch']), won(wang)]);
  });

  it('R2.3, R3.2a: inside the protection of her guide no code of another guide takes her over', async () => {
    const person = await shop.newCustomer({ through: chen.code, joins: true });
    const code = await codes.print({ guides: codes.listOf(wang) });
    await codes.arrive(person, await codes.scan(await codes.printed(code)));
    const { branch, guideId, lost } = await buys(person);
    expect([branch, guideId, lost.includes('outranked')]).toEqual(['a', chen.guideId, true]);
  });

  it('§3: links open the same with scene 1194, and are kept: asked twice they are one', async () => {
    const [link, code] = [await codes.share(chen, bag), await codes.print({ guides: codes.listOf(wang) })];
    const path = `/api/guide/share-links/${link.code}`;
    const [hers, again] = [await codes.urlLink(path, chen.token), await codes.urlLink(path, chen.token)];
    expect(again).toEqual(hers);
    const person = await shop.newCustomer();
    const landing = await codes.lands(hers.url);
    expect(landing).toEqual({ page: PRODUCT, shareCode: link.code, scene: 1194 });
    await codes.arrive(person, landing);
    expect(await buys(person)).toEqual(won(chen));
    const printed = await codes.lands((await codes.urlLink(`/api/hq/channel-codes/${code.id}`, shop.hqToken)).url);
    expect(printed).toEqual({ page: HOME, shareCode: code.code, scene: 1194 });
    await codes.arrive(person, printed);
    expect(await touchesOf(person)).toMatchObject([{ scene: 1194 }, { scene: 1194, placement: 'channel' }]);
  });

  it('R3.3: revoked, unknown and own codes and garbage open the mall and win nothing', async () => {
    const printed = await codes.print({ guides: codes.listOf(chen) });
    const landing = await codes.scan(await codes.printed(printed));
    await shop.hq(`/api/hq/channel-codes/${printed.id}/revoke`, { reason: '印错了' });
    const nobody = { guide: null, target: { kind: 'home', id: null } };
    const person = await shop.newCustomer();
    expect(await codes.arrive(person, landing)).toEqual(nobody);
    for (const shareCode of ['ZZZZZZZ', 'ZZZZZZZZ', '', '👜', "' OR 1=1 --", '../../etc', chen.guideId, printed.id]) {
      expect(await codes.arrive(person, { shareCode, scene: 0 })).toEqual({ guide: null, target: null });
    }
    const { branch, guideId, lost } = await buys(person);
    expect([branch, guideId]).toEqual(['f', null]);
    expect(new Set(lost)).toEqual(new Set(['link_revoked', 'link_unknown']));
    expect((await codes.arrive(chen, { shareCode: chen.code, scene: 1007 })).guide).toBeNull();
    const own = await codes.print({ guides: codes.listOf(chen) });
    expect((await codes.arrive(chen, { shareCode: own.code, scene: 1047 })).guide).toBeNull();
    expect(await buys(chen)).toMatchObject({ branch: 'f', guideId: null });
    for (const bad of [{ shareCode: 'x'.repeat(65), scene: 1 }, { shareCode: 'x', scene: -1 }, { scene: 1047 }]) {
      const answer = await send(shop.mall.apiUrl, 'POST', '/api/touches', { token: person.token, body: bad });
      expectProblem(answer, 422, ProblemType.ValidationFailed);
    }
  });

  it('shows codes to HQ alone, and a guide only her own links', async () => {
    const [code, link] = [await codes.print({}), await codes.share(chen)];
    const ask = (method: string, path: string, token: string | undefined) =>
      send(shop.mall.apiUrl, method, `/api${path}`, {
        ...(token && { token }),
        ...(method === 'POST' && { body: {} }),
      });
    const image = `/hq/channel-codes/${code.id}/image`;
    expectProblem(await ask('GET', image, undefined), 401, ProblemType.NotAuthenticated);
    expectProblem(await ask('GET', image, chen.token), 403, ProblemType.Forbidden);
    expectProblem(await ask('GET', `/hq/channel-codes/${code.id}/opens`, chen.token), 403, ProblemType.Forbidden);
    expectProblem(await ask('GET', '/hq/channel-codes/chc_none/image', shop.hqToken), 404, ProblemType.NotFound);
    const theirs = `/guide/share-links/${link.code}/url-link`;
    expectProblem(await ask('POST', theirs, wang.token), 404, ProblemType.NotFound);
    expectProblem(await ask('POST', theirs, (await shop.newCustomer()).token), 403, ProblemType.NotGuide);
  });

  it('a store’s manager sees her store’s codes and what they lead to, and changes none', async () => {
    await shop.execute(
      `INSERT INTO hq_users (id, username, passwordHash, hqRole, storeId, createdAt, disabledAt)
       SELECT 'hqu_m', 'manager', passwordHash, 'store_manager', ?, createdAt, NULL FROM hq_users WHERE username = 'admin'`,
      [shop.store.id],
    );
    const body = { username: 'manager', password: shop.mall.hqPassword };
    const { token } = await shop.mall.api.post<{ token: string }>('/api/hq/sessions', body);
    const target = { kind: 'product', id: bag } as const;
    const [hers, other] = [await codes.print({ storeId: shop.store.id, target }), await codes.print({})];
    const path = '/api/hq/channel-codes';
    const { items } = await shop.mall.api.get<Page<ChannelCode>>(path, token);
    expect(items[0]).toMatchObject({ id: hers.id, storeName: '静安店', targetName: '帆布托特包' });
    expect(new Set(items.map(({ storeId }) => storeId))).toEqual(new Set([shop.store.id]));
    for (const what of ['', '/image', '/opens']) {
      expect((await send(shop.mall.apiUrl, 'GET', `${path}/${hers.id}${what}`, { token })).status).toBe(200);
      const answer = await send(shop.mall.apiUrl, 'GET', `${path}/${other.id}${what}`, { token });
      expectProblem(answer, 404, ProblemType.NotFound);
    }
    const taken = await send(shop.mall.apiUrl, 'POST', `${path}/${hers.id}/revoke`, { token, body: { reason: 'x' } });
    expectProblem(taken, 403, ProblemType.Forbidden);
  });

  it('§3: while WeChat makes no code or link the answer says so in words, and both are made later', async () => {
    const code = await codes.print({});
    const next = (nextErrcode: number) => shop.mall.emulator.post('/control/codes', { nextErrcode });
    const ask = (method: 'GET' | 'POST', what: string) =>
      send(shop.mall.apiUrl, method, `/api/hq/channel-codes/${code.id}/${what}`, {
        token: shop.hqToken,
        ...(method === 'POST' && { body: {} }),
      });
    for (const [errcode, words] of [
      [44990, '链接暂时无法生成，请稍后再试'],
      [44993, '链接暂时无法生成，请稍后再试'],
      [85401, '链接暂时无法生成，请稍后再试'],
      [85079, '小程序还没有发布，暂时不能生成链接'],
      [40002, '这个小程序没有生成链接的权限，请联系总部'],
    ] as const) {
      await next(errcode);
      expect(expectProblem(await ask('POST', 'url-link'), 503, ProblemType.DependencyUnavailable).detail).toBe(words);
    }
    expect((await ask('POST', 'url-link')).status).toBe(200);
    await next(-1);
    const busy = expectProblem(await ask('GET', 'image'), 503, ProblemType.DependencyUnavailable);
    expect(busy).toMatchObject({ detail: '小程序码暂时无法生成，请稍后再试', retryAfterSeconds: 5 });
    await next(45009);
    expect(expectProblem(await ask('GET', 'image'), 503, ProblemType.DependencyUnavailable)).toMatchObject({
      retryAfterSeconds: 600,
    });
    // Nobody asks WeChat again before the quota can have room; what was made before is still there.
    expectProblem(await ask('GET', 'image'), 503, ProblemType.DependencyUnavailable);
    const wall = shop.mall.app.get(WallClock);
    const real = wall.now;
    wall.now = () => real.call(wall) + 600_000;
    try {
      expect((await ask('GET', 'image')).status).toBe(200);
    } finally {
      wall.now = real;
    }
  });

  it('R3.4: replaying every order of this file gives the decisions that were made', async () => {
    const differing: string[] = [];
    let replayed = 0;
    for await (const each of shop.mall.app.get(ReplayAttribution).all(shop.mall.app.get(Database))) {
      replayed += 1;
      if (!each.agrees) differing.push(each.orderId);
    }
    // One for each time that somebody bought above.
    expect([replayed, differing]).toEqual([12, []]);
  });
});
