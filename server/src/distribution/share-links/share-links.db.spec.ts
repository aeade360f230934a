import type { ShareLink } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';
import { TouchEntity } from './touch.entity.js';
import { Touches } from './touches.js';

describe.each(ENGINES)('share links and touches [%s]', (engine) => {
  let app: PeopleApp;
  let guide: { token: string; id: string };
  let hq: string;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    guide = await app.guide(hq, await app.openStore(hq, 'SH-JA'), '陈静', '13900000001');
  }, OPENING_MS);
  afterAll(() => app.close());

  const make = async (productId?: string): Promise<ShareLink> => {
    const body = { placement: 'card', ...(productId ? { productId } : {}) };
    return (await app.call<ShareLink>('POST', '/guide/share-links', { token: guide.token, body })).body;
  };
  const touchesOf = (memberId: string) => app.nest.get(Touches, { strict: false }).ofMember(app.database, memberId, 0);

  it('makes a link of eight characters to the home page or to a product', async () => {
    const home = await make();
    expect(home.code).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
    expect(home).toMatchObject({
      productId: null,
      path: `/pages/home/index?s=${home.code}`,
      title: '好物推荐',
      opens: 0,
    });
    expect(home.codeImageUrl).toBe(`http://mall.test/api/codes/${home.code}.png`);
    const product = await make('prd_1');
    expect(product.path).toBe(`/packages/shop/product/index?id=prd_1&s=${product.code}`);
  });

  it('records an intent for every card, poster, code and link made, the same one made again too (R8)', async () => {
    const intents = () => app.count('share_intents', 'guideId = ?', [guide.id]);
    const before = await intents();
    for (const placement of ['card', 'poster', 'code', 'link', 'card']) {
      const body = { placement, productId: 'prd_9' };
      await app.call('POST', '/guide/share-links', { token: guide.token, body });
    }
    expect(await intents()).toBe(before + 5);
    expect(await app.count('share_intents', "guideId = ? AND placement = 'poster'", [guide.id])).toBe(1);
    expect(
      await app.count('share_intents', 'linkId IN (SELECT id FROM share_links WHERE productId = ?)', ['prd_9']),
    ).toBe(5);
  });

  it("takes a guide's own revoked link for revoked: no setting pays her for it (R3.3)", async () => {
    const link = await make();
    await app.call('POST', `/guide/share-links/${link.code}/revoke`, { token: guide.token });
    await app.touch(guide.token, link.code);
    expect(await app.count('touches', "reportedCode = ? AND validity = 'revoked'", [link.code])).toBe(1);
  });

  it('R2.2: a hundred opens of dead codes push no good touch out, and leave the list bounded', async () => {
    const { me } = await app.signIn('dead-codes');
    const touch = (n: number, validity: string) => ({
      id: `tch_${validity}_${n}`,
      memberId: me.id,
      shareLinkId: null,
      channelCodeId: null,
      reportedCode: 'X',
      guideId: validity === 'valid' ? guide.id : null,
      storeId: null,
      productId: null,
      scene: 1007,
      placement: null,
      validity,
      occurredAt: n,
      recordedAt: n,
    });
    const rows = [touch(1, 'valid'), ...Array.from({ length: 120 }, (_, n) => touch(n + 2, 'unknown'))];
    await app.unitOfWork.run((tx) => tx.insert(TouchEntity, rows));
    const touches = await touchesOf(me.id);
    expect(touches).toHaveLength(21);
    expect(touches.at(-1)).toMatchObject({ validity: 'valid', occurredAt: 1 });
    expect(touches[0]?.occurredAt).toBe(121);
  });

  it('refuses link making to customers', async () => {
    const { token } = await app.signIn('customer');
    const answer = await app.call('POST', '/guide/share-links', { token, body: { placement: 'card' } });
    expect([answer.status, answer.body.type]).toEqual([403, '/problems/not-guide']);
  });

  it('records an arrival with guide, store, product, scene and placement, and counts the open (R2.2)', async () => {
    const link = await make('prd_2');
    const { token, me } = await app.signIn('arriving');
    const answer = await app.call('POST', '/touches', { token, body: { shareCode: link.code, scene: 1047 } });
    expect(answer).toEqual({
      status: 200,
      body: {
        guide: { name: '陈静', storeName: 'SH-JA店' },
        target: { kind: 'product', id: 'prd_2' },
      },
    });
    expect(await touchesOf(me.id)).toEqual([
      expect.objectContaining({
        guideId: guide.id,
        productId: 'prd_2',
        scene: 1047,
        placement: 'card',
        validity: 'valid',
      }),
    ]);
    await app.touch(token, link.code);
    const { body } = await app.call<Page<ShareLink>>('GET', '/guide/share-links', { token: guide.token });
    expect(body.items.find(({ code }) => code === link.code)?.opens).toBe(2);
  });

  it.each([
    ['unknown', 'ABCDEFGH'],
    ['forged', '../../etc?s=1'],
    ['differently written', 'lower'],
    ['empty', ''],
    ['of 64 characters', 'Z'.repeat(64)],
  ])('answers a code that is %s without a guide and keeps what was reported (R3.3)', async (kind, shareCode) => {
    const { token, me } = await app.signIn(`odd-${kind}`.replaceAll(' ', ''));
    expect(await app.touch(token, shareCode)).toEqual({
      status: 200,
      body: { guide: null, target: null },
    });
    expect(await touchesOf(me.id)).toEqual([expect.objectContaining({ guideId: null, validity: 'unknown' })]);
    expect(await app.count('touches', 'memberId = ? AND reportedCode = ?', [me.id, shareCode])).toBe(1);
  });

  it('tells codes of another case apart', async () => {
    const { code } = await make();
    const { token } = await app.signIn('lowercase');
    expect((await app.touch(token, code.toLowerCase())).body.guide).toBeNull();
  });

  it('answers a revoked link without its guide, though its page still opens (R3.3)', async () => {
    const link = await make('prd_3');
    const { token, me } = await app.signIn('late');
    await app.touch(token, link.code);
    const revoked = await app.call<ShareLink>('POST', `/guide/share-links/${link.code}/revoke`, { token: guide.token });
    expect(revoked.body.revokedAt).not.toBeNull();
    expect((await app.touch(token, link.code)).body).toEqual({
      guide: null,
      target: { kind: 'product', id: 'prd_3' },
    });
    expect((await touchesOf(me.id)).map(({ validity, guideId }) => [validity, guideId])).toEqual([
      ['revoked', guide.id],
      ['valid', guide.id],
    ]);
  });

  it("takes no touch of a guide's own link for a guide's, and counts no open (R3.3)", async () => {
    const link = await make();
    expect((await app.touch(guide.token, link.code)).body.guide).toBeNull();
    const { body } = await app.call<Page<ShareLink>>('GET', '/guide/share-links', { token: guide.token });
    expect(body.items.find(({ code }) => code === link.code)?.opens).toBe(0);
  });

  it("refuses to revoke another guide's link", async () => {
    const other = await app.guide(hq, await app.openStore(hq, 'SH-2'), '阿华', '13900000002');
    const { code } = await make();
    const answer = await app.call('POST', `/guide/share-links/${code}/revoke`, { token: other.token });
    expect(answer.status).toBe(404);
    expect(await app.count('share_links', 'code = ? AND revokedAt IS NULL', [code])).toBe(1);
  });

  it('asks for a sign-in and takes no guide from the phone (D15)', async () => {
    expect((await app.call('POST', '/touches', { body: { shareCode: 'A', scene: 1 } })).status).toBe(401);
    const { token } = await app.signIn('forger');
    const body = { shareCode: 'ABCDEFGH', scene: 1007, guideId: guide.id };
    expect((await app.call('POST', '/touches', { token, body })).status).toBe(422);
  });

  it('stops a flood of touches of one member', async () => {
    const { token } = await app.signIn('flood');
    const statuses: number[] = [];
    for (let n = 0; n < 31; n += 1) statuses.push((await app.touch(token, 'ABCDEFGH')).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(30);
    expect(statuses.at(-1)).toBe(429);
  });

  it('has WeChat make a code image once, however often and by how many it is asked for', async () => {
    const { code } = await make();
    const before = app.wechat.codeImages;
    const answers = await Promise.all([1, 2, 3].map(() => app.call('GET', `/codes/${code}.png`)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await app.call('GET', `/codes/${code}.png`)).status).toBe(200);
    expect(app.wechat.codeImages).toBe(before + 1);
  });

  it('answers 404 for the image of an unknown or revoked code, and 503 when WeChat is silent', async () => {
    for (const file of ['ABCDEFGH.png', 'x.png', '..%2F..%2Fsecret.png', 'ABCDEFGH']) {
      const answer = await app.call('GET', `/codes/${file}`);
      expect([answer.status, answer.body.type]).toEqual([404, '/problems/not-found']);
    }
    const { code } = await make();
    app.wechat.codesDown = true;
    expect((await app.call('GET', `/codes/${code}.png`)).status).toBe(503);
    app.wechat.codesDown = false;
    expect((await app.call('GET', `/codes/${code}.png`)).status).toBe(200);
  });

  it("reads a member's hundred newest valid arrivals and no more, however many there are", async () => {
    const arrivals = Array.from({ length: 103 }, (_, n) => ({
      id: `tch_many_${String(n).padStart(3, '0')}`,
      memberId: 'mem_many',
      shareLinkId: null,
      channelCodeId: null,
      reportedCode: 'x',
      guideId: null,
      storeId: null,
      productId: null,
      scene: 1007,
      placement: null,
      validity: 'valid',
      occurredAt: 1_000 + n,
      recordedAt: 1_000 + n,
    }));
    await app.unitOfWork.run((tx) => tx.insert(TouchEntity, arrivals));
    const ids = (await touchesOf('mem_many')).map(({ id }) => id);
    expect([ids.length, ids[0], ids.at(-1)]).toEqual([100, 'tch_many_102', 'tch_many_003']);
  });
});
