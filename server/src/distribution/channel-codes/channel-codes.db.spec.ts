import { setTimeout as sleep } from 'node:timers/promises';
import type { ChannelCode, ChannelOpens, UrlLink } from '@mall/shared/codes';
import type { TouchResponse } from '@mall/shared/membership';
import { OPENING_MS, PeopleApp } from '../../../test/support/people-app.js';
import { ENGINES } from '../../../test/support/test-database.js';

describe.each(ENGINES)('codes that HQ prints [%s]', (engine) => {
  let app: PeopleApp;
  let hq: string;
  let store: string;
  const guides: { token: string; id: string }[] = [];
  let visitors = 0;
  beforeAll(async () => {
    app = await PeopleApp.open(engine);
    hq = await app.hqToken();
    store = await app.openStore(hq, 'SH-JA');
    for (const n of [1, 2, 3]) guides.push(await app.guide(hq, store, `导购${n}`, `1390000000${n}`));
  }, OPENING_MS);
  afterAll(() => app.close());

  const listOf = (...weights: number[]) => weights.map((weight, n) => ({ guideId: guides[n]?.id ?? '', weight }));
  const make = async (change: object = {}): Promise<ChannelCode> => {
    const home = { kind: 'home', id: null };
    const body = {
      kind: 'channel',
      label: '地铁灯箱',
      storeId: null,
      target: home,
      guides: listOf(1, 1, 1),
      ...change,
    };
    const answer = await app.call<ChannelCode>('POST', '/hq/channel-codes', { token: hq, body });
    expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ revision: 1 })]);
    return answer.body;
  };
  const newVisitor = async () => {
    visitors += 1;
    return app.signIn(`visitor-${visitors}`);
  };
  const open = (token: string, shareCode: string, scene = 1047) =>
    app.call<TouchResponse>('POST', '/touches', { token, body: { shareCode, scene } });
  const read = async (id: string) =>
    (await app.call<ChannelCode>('GET', `/hq/channel-codes/${id}`, { token: hq })).body;
  const change = (code: ChannelCode, body: object) => {
    const { revision, label, target } = code;
    const whole = { revision, label, target, guides: listOf(1, 1, 1), reason: '换季', ...body };
    return app.call<ChannelCode>('PUT', `/hq/channel-codes/${code.id}`, { token: hq, body: whole });
  };

  it('gives twenty simultaneous visitors to three guides, fair within one and none twice (R2.2)', async () => {
    const code = await make();
    const people = await Promise.all(Array.from({ length: 20 }, newVisitor));
    // Each phone reports its onShow twice, as phones do.
    const answers = await Promise.all(people.flatMap(({ token }) => [open(token, code.code), open(token, code.code)]));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const assigned = (await read(code.id)).guides.map((guide) => guide.assigned).sort();
    expect(assigned).toEqual([6, 7, 7]);
    expect(await app.count('channel_assignments', 'channelCodeId = ?', [code.id])).toBe(20);
    // Every touch names the guide whom its visitor was given.
    const strays = `channelCodeId = ? AND guideId <> (SELECT a.guideId FROM channel_assignments a
      WHERE a.channelCodeId = touches.channelCodeId AND a.memberId = touches.memberId)`;
    expect(await app.count('touches', strays, [code.id])).toBe(0);
    expect(await app.count('touches', 'channelCodeId = ? AND guideId IS NOT NULL', [code.id])).toBe(40);
  });

  it('leads the same visitor to the same guide, until that guide no longer serves; the old touch stays', async () => {
    const code = await make({ guides: listOf(1, 1) });
    const { token, me } = await newVisitor();
    const first = (await open(token, code.code)).body.guide?.name;
    for (let n = 0; n < 3; n += 1) await open((await newVisitor()).token, code.code);
    expect((await open(token, code.code)).body.guide?.name).toBe(first);
    const hers = guides[first === '导购1' ? 0 : 1]?.id ?? '';
    const act = (verb: string) =>
      app.call('POST', `/hq/guides/${hers}/${verb}`, { token: hq, body: { reason: '休假' } });
    expect((await act('suspend')).status).toBe(200);
    expect((await open(token, code.code)).body.guide?.name).not.toBe(first);
    expect((await act('reactivate')).status).toBe(200);
    const touched = await app.database.query<{ guideId: string }>(
      'SELECT guideId FROM touches WHERE memberId = ? ORDER BY id',
      [me.id],
    );
    expect(touched.map(({ guideId }) => guideId === hers)).toEqual([true, true, false]);
  });

  it('never gives a guide to herself, and answers her with somebody else of the list (R3.3)', async () => {
    const code = await make({ guides: listOf(1, 1) });
    expect((await open(guides[0]?.token ?? '', code.code)).body.guide?.name).toBe('导购2');
    const alone = await make({ kind: 'pack', guides: listOf(1) });
    const answer = await open(guides[0]?.token ?? '', alone.code);
    expect([answer.status, answer.body.guide]).toEqual([200, null]);
  });

  it('changes target and list behind the same print, audited; a change made on an old reading is a 409', async () => {
    const code = await make({ guides: listOf(1) });
    await open((await newVisitor()).token, code.code);
    const target = { kind: 'product', id: 'prd_9' };
    const answer = await change(code, { target, guides: listOf(3, 1) });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ code: code.code, revision: 2, target });
    expect(answer.body.guides.map(({ weight, assigned }) => [weight, assigned])).toEqual([
      [3, 1],
      [1, 0],
    ]);
    expect((await open((await newVisitor()).token, code.code)).body).toMatchObject({ target });
    const late = await change(code, {});
    expect([late.status, late.body]).toMatchObject([409, { type: '/problems/revision-conflict' }]);
    const subject = [code.id];
    expect(await app.count('audit_entries', "action = 'channel-code.change' AND subject = ?", subject)).toBe(1);
    expect(await app.count('audit_entries', `subject = ? AND oldJson LIKE '%"home"%'`, subject)).toBe(1);
  });

  it("is HQ's or the store's when it names no guide, with scene and kind kept (R2.2)", async () => {
    const code = await make({ kind: 'store', storeId: store, guides: [], target: { kind: 'join', id: null } });
    const { token, me } = await newVisitor();
    const answer = await open(token, code.code, 1048);
    expect(answer.body).toEqual({ guide: null, target: { kind: 'join', id: null } });
    const facts = 'memberId = ? AND storeId = ? AND guideId IS NULL';
    const kept = `${facts} AND scene = 1048 AND placement = 'store' AND validity = 'valid'`;
    expect(await app.count('touches', kept, [me.id, store])).toBe(1);
    const { body: offer } = await app.call<{ storeName: string }>('GET', '/me/join-offer', { token });
    expect(offer.storeName).toBe('SH-JA店');
    const body = await app.joinBody(token, '13900000077');
    expect((await app.call('POST', '/me/join', { token, body })).status).toBe(200);
    expect(await app.count('bindings', `${facts} AND cause = 'join'`, [me.id, store])).toBe(1);
  });

  it('opens home for nobody once it is revoked, and keeps no image for print', async () => {
    const code = await make();
    const body = { reason: '印错了' };
    for (const _ of [1, 2]) {
      const answer = await app.call('POST', `/hq/channel-codes/${code.id}/revoke`, { token: hq, body });
      expect(answer.status).toBe(200);
    }
    expect(await app.count('audit_entries', "action = 'channel-code.revoke' AND subject = ?", [code.id])).toBe(1);
    const { token } = await newVisitor();
    const target = { kind: 'home', id: null };
    expect((await open(token, code.code)).body).toEqual({ guide: null, target });
    expect((await app.call('GET', `/hq/channel-codes/${code.id}/image`, { token: hq })).status).toBe(404);
    expect((await change(code, {})).status).toBe(404);
  });

  it('prints 280 to 1280 pixels wide, each width asked of WeChat once', async () => {
    const code = await make();
    const image = (width: number) =>
      app.call('GET', `/hq/channel-codes/${code.id}/image?width=${width}`, { token: hq });
    const before = app.wechat.codeImages;
    expect([(await image(1280)).status, (await image(1280)).status, (await image(280)).status]).toEqual([
      200, 200, 200,
    ]);
    expect(app.wechat.codeImages).toBe(before + 2);
    expect([(await image(279)).status, (await image(1281)).status]).toEqual([422, 422]);
  });

  it('makes a URL link once for many askers and keeps it until it has less than half its days', async () => {
    const code = await make();
    const ask = (days?: number) =>
      app.call<UrlLink>('POST', `/hq/channel-codes/${code.id}/url-link`, { token: hq, body: days ? { days } : {} });
    const before = app.wechat.urlLinks.length;
    // Some come while the link is being made, some while it is being stored, some after it.
    const asked = await Promise.all(
      Array.from({ length: 24 }, async (_, position) => {
        await sleep(position);
        return ask(7);
      }),
    );
    const [one] = asked as [(typeof asked)[number]];
    expect(new Set(asked.map(({ status, body }) => `${status} ${body.url}`))).toEqual(new Set([`200 ${one.body.url}`]));
    expect((await ask(7)).body.url).toBe(one.body.url);
    expect(app.wechat.urlLinks.slice(before)).toEqual([{ page: 'pages/home/index', query: `s=${code.code}`, days: 7 }]);
    expect((await ask()).body.url).not.toBe(one.body.url);
    expect((await ask(31)).status).toBe(422);
    app.wechat.codesDown = true;
    const other = await make();
    const refused = await app.call('POST', `/hq/channel-codes/${other.id}/url-link`, { token: hq, body: {} });
    app.wechat.codesDown = false;
    expect([refused.status, refused.body.detail]).toEqual([503, '链接暂时无法生成，请稍后再试']);
  });

  it('counts opens by day, scene and guide', async () => {
    const code = await make({ guides: listOf(1) });
    const { token } = await newVisitor();
    for (const scene of [1047, 1047, 1049]) await open(token, code.code, scene);
    await open((await newVisitor()).token, code.code, 1011);
    const { body } = await app.call<ChannelOpens>('GET', `/hq/channel-codes/${code.id}/opens`, { token: hq });
    expect(body).toMatchObject({ opens: 4, visitors: 2 });
    expect(body.byDay.map(({ opens }) => opens).reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(body.byScene[0]).toEqual({ scene: 1047, opens: 2 });
    expect(body.byGuide).toEqual([{ guideId: guides[0]?.id, opens: 4, visitors: 2 }]);
  });

  it("refuses what does not exist, another store's guide, and a store's code without store, each by name", async () => {
    const other = await app.openStore(hq, 'HZ-1');
    const faultsOf = async (body: object) => {
      const whole = { kind: 'channel', label: '码', storeId: null, target: { kind: 'home', id: null }, guides: [] };
      const answer = await app.call('POST', '/hq/channel-codes', { token: hq, body: { ...whole, ...body } });
      return [answer.status, ((answer.body.faults ?? []) as { path: string }[]).map(({ path }) => path)];
    };
    expect(await faultsOf({ kind: 'store' })).toEqual([422, ['storeId']]);
    expect(await faultsOf({ storeId: other, guides: listOf(1) })).toEqual([422, ['guides.0.guideId']]);
    expect(await faultsOf({ guides: [...listOf(1), ...listOf(2)] })).toEqual([422, ['guides.1.guideId']]);
    expect(await faultsOf({ guides: [{ guideId: 'gde_none', weight: 1 }] })).toEqual([422, ['guides.0.guideId']]);
    expect(await faultsOf({ target: { kind: 'product', id: null } })).toEqual([422, ['target.id']]);
    expect((await faultsOf({ guides: [{ guideId: guides[0]?.id, weight: 0 }] }))[0]).toBe(422);
    const asGuide = await app.call('GET', '/hq/channel-codes', { token: guides[0]?.token ?? '' });
    expect(asGuide.status).toBe(403);
  });
});
