import type { CustomerOrderAttribution, GuideAttribution, GuideOrder } from '@mall/shared/disputes';
import type { Store } from '@mall/shared/guides';
import type { AttributionReplay, AttributionView, SettingsInput, SettingsView } from '@mall/shared/hq';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { ProblemType } from '@mall/shared/problems';
import { ReplayAttribution } from '../src/distribution/attribution/attribution.public.js';
import { Database } from '../src/platform/database/database.js';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { type GuidePerson, type Person, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;

describe.each(ENGINES)('attribution over HTTP [%s]', (engine) => {
  let shop: Shop;
  let rival: GuidePerson;
  beforeAll(async () => {
    shop = await Shop.open(engine);
    rival = await shop.newGuide('王敏');
  });
  afterAll(() => shop.close());

  const hqView = (orderId: string, query = '') =>
    shop.hqGet<AttributionView>(`/api/hq/orders/${orderId}/attribution${query}`);
  const replay = (orderId: string) => shop.hq<AttributionReplay>(`/api/hq/orders/${orderId}/attribution/replay`);
  const get = (path: string, token: string): Promise<RawAnswer> => send(shop.mall.apiUrl, 'GET', path, { token });
  const publish = (name: string, input: Partial<SettingsInput>, token = shop.hqToken): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, 'POST', `/api/hq/settings/${name}`, { token, body: { reason: '测试', ...input } });
  const published = async (values: SettingsInput['values'], effectiveFrom?: number): Promise<SettingsView> => {
    const answer = await publish('distribution', { values, ...(effectiveFrom === undefined ? {} : { effectiveFrom }) });
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return answer.body as SettingsView;
  };
  const hqUser = async (role: string): Promise<string> => {
    await shop.execute(
      `INSERT INTO hq_users (id, username, passwordHash, hqRole, storeId, createdAt, disabledAt)
       SELECT ?, ?, passwordHash, ?, NULL, createdAt, NULL FROM hq_users WHERE username = 'admin'`,
      [`hqu_${role}`, role, role],
    );
    const body = { username: role, password: shop.mall.hqPassword };
    return (await shop.mall.api.post<{ token: string }>('/api/hq/sessions', body)).token;
  };
  /** Touched by the shop's guide first, by the rival last: the rival wins by (c). */
  async function contested(): Promise<{ person: Person; order: OrderDetail }> {
    const person = await shop.newCustomer({ through: shop.guide.code });
    await shop.touch(person, rival.code);
    return { person, order: await shop.buy(person, { BAG: 1 }) };
  }

  it('R3.1, R3.5: HQ sees the winner, every loser with its time and reason, the assists, and the evidence', async () => {
    const { order } = await contested();
    const view = await hqView(order.id);
    expect(view).toMatchObject({ branch: 'c', guideId: rival.guideId, guideName: '王敏', settingsVersion: 'default' });
    expect(view.assists).toEqual([{ guideId: shop.guide.guideId, guideName: '陈静' }]);
    expect(view.lines).toEqual([{ guideId: rival.guideId, guideName: '王敏', storeId: shop.store.id }]);
    expect(view.losers).toEqual([expect.objectContaining({ kind: 'touch', guideName: '陈静', reason: 'older_touch' })]);
    expect(view.losers[0]?.at).toBeLessThanOrEqual(view.wonAt ?? 0);
    expect(view.wonAt).toBeLessThanOrEqual(view.decidedAt);
    expect(view.evidence).toBeUndefined();
    const { evidence } = await hqView(order.id, '?evidence=1');
    expect(evidence).toMatchObject({
      version: 2,
      orderedAt: view.decidedAt,
      touches: [{ guideId: rival.guideId }, { guideId: shop.guide.guideId }],
      settings: { versionId: 'default', touchWindowDays: 7, selfPurchase: 'pays_nobody' },
    });
    expectProblem(await get('/api/hq/orders/ord_none/attribution', shop.hqToken), 404, ProblemType.NotFound);
    expectProblem(await get(`/api/hq/orders/${order.id}/attribution`, rival.token), 403, ProblemType.Forbidden);
  });

  it('R3.1, R2.6: the winner, the guide who lost and the customer each see what they may; for all others it is a 404', async () => {
    const { person, order } = await contested();
    const path = `/api/guide/orders/${order.id}/attribution`;
    const [won, lost] = [await get(path, rival.token), await get(path, shop.guide.token)];
    const [hers, assistants] = [won.body as GuideAttribution, lost.body as GuideAttribution];
    expect(hers).toMatchObject({ isMine: true, branch: 'c', candidates: [{ isMine: true, outcome: 'won' }] });
    expect(hers.sentence).toContain('王敏');
    expect(won.text).not.toContain('陈静');
    expect(assistants).toMatchObject({ isMine: false, branch: 'c' });
    expect(assistants.candidates).toEqual([
      expect.objectContaining({ isMine: false, outcome: 'won', guideName: null, at: null }),
      expect.objectContaining({ isMine: true, outcome: 'lost', guideName: '陈静', reason: 'older_touch' }),
    ]);
    expect(lost.text).not.toContain('王敏');
    const list = (await get('/api/guide/orders', shop.guide.token)).body as Page<GuideOrder>;
    expect(list.items[0]).toMatchObject({ orderId: order.id, outcome: 'lost', isAssist: true, commissionFen: 0 });
    expect(list.items[0]?.reason).toBe('之后又打开了更新的分享');
    const stranger = await shop.newGuide('无关');
    expectProblem(await get(path, stranger.token), 404, ProblemType.NotFound);

    const mine = await get(`/api/orders/${order.id}/attribution`, person.token);
    expect(mine.body as CustomerOrderAttribution).toMatchObject({
      orderId: order.id,
      branch: 'c',
      guide: { name: '王敏', storeName: '静安店' },
    });
    expect(mine.text).not.toContain('陈静');
    const other = await shop.newCustomer();
    expectProblem(await get(`/api/orders/${order.id}/attribution`, other.token), 404, ProblemType.NotFound);
    expectProblem(await get('/api/orders/ord_none/attribution', person.token), 404, ProblemType.NotFound);
  });

  it('a guide sees no amount of an order that is not paid for, and hers once it is', async () => {
    const person = await shop.newCustomer({ through: rival.code });
    const { id } = await shop.place(person, { BAG: 1 });
    const mine = async () => {
      const { items } = (await get('/api/guide/orders', rival.token)).body as Page<GuideOrder>;
      return items.find(({ orderId }) => orderId === id);
    };
    expect(await mine()).toMatchObject({ outcome: 'won', commissionFen: null });
    await shop.pay(person, id);
    expect((await mine())?.commissionFen).toBeGreaterThan(0);
  });

  it('R3.4: a replay agrees with what is stored, and finds a changed decision, column, candidate or fact', async () => {
    const { order } = await contested();
    const good = await replay(order.id);
    expect(good).toMatchObject({ agrees: true, differences: [], stored: { guideId: rival.guideId } });
    expect(good.replayed).toEqual(good.stored);
    const [kept] = await shop.query<{ decisionJson: string; evidenceJson: string }>(
      'SELECT decisionJson, evidenceJson FROM attributions WHERE orderId = ?',
      [order.id],
    );
    const { decisionJson, evidenceJson } = kept ?? { decisionJson: '', evidenceJson: '' };
    const fieldsAfter = async (sql: string, values: string[]): Promise<string[]> => {
      expect(await shop.execute(`${sql} AND orderId = ?`, [...values, order.id])).toBe(1);
      const { agrees, differences } = await replay(order.id);
      expect(agrees).toBe(false);
      return differences.map(({ field }) => field);
    };
    const set = (column: string) => `UPDATE attributions SET ${column} = ? WHERE 1 = 1`;
    const forged = decisionJson.replaceAll(rival.guideId, shop.guide.guideId);
    expect(await fieldsAfter(set('decisionJson'), [forged])).toEqual(['guideId', 'lines']);
    const counts = { replayed: 0, differing: [] as string[] };
    for await (const each of shop.mall.app.get(ReplayAttribution).all(shop.mall.app.get(Database))) {
      counts.replayed += 1;
      if (!each.agrees) counts.differing.push(each.orderId);
    }
    expect(counts).toEqual({ replayed: await shop.count('attributions'), differing: [order.id] });
    await shop.execute('UPDATE attributions SET decisionJson = ? WHERE orderId = ?', [decisionJson, order.id]);

    expect(await fieldsAfter(set('guideId'), [shop.guide.guideId])).toEqual(['column.guideId']);
    await shop.execute('UPDATE attributions SET guideId = ? WHERE orderId = ?', [rival.guideId, order.id]);
    const touched = evidenceJson.replace('"validity":"valid"', '"validity":"revoked"');
    expect(await fieldsAfter(set('evidenceJson'), [touched])).toContain('touchId');
    expect(await fieldsAfter(set('evidenceJson'), ['{'])).toEqual(['json']);
    await shop.execute('UPDATE attributions SET evidenceJson = ? WHERE orderId = ?', [evidenceJson, order.id]);
    const candidate = 'UPDATE attribution_candidates SET isAssist = 0 WHERE guideId = ?';
    expect(await fieldsAfter(candidate, [shop.guide.guideId])).toEqual([`candidate.${shop.guide.guideId}`]);
    await shop.execute('UPDATE attribution_candidates SET isAssist = 1 WHERE orderId = ? AND guideId = ?', [
      order.id,
      shop.guide.guideId,
    ]);
    expect((await replay(order.id)).agrees).toBe(true);
  });

  it('D15, R2.2: a forged code wins nothing, and an order that names a guide is refused', async () => {
    const person = await shop.newCustomer();
    const wish = await shop.placement(person, { SOCKS: 1 });
    for (const named of [{ guideId: rival.guideId }, { shareCode: rival.code }, { attribution: { guideId: 'x' } }]) {
      const call = { token: person.token, key: `d15-${Object.keys(named)[0]}-${engine}`, body: { ...wish, ...named } };
      expectProblem(await send(shop.mall.apiUrl, 'POST', '/api/orders', call), 422, ProblemType.ValidationFailed);
    }
    expect(await shop.touch(person, 'ZZZZZZZZ')).toEqual({ guide: null, target: null });
    const order = await shop.buy(person, { SOCKS: 1 });
    expect(await hqView(order.id)).toMatchObject({ branch: 'f', guideId: null, losers: [{ reason: 'link_unknown' }] });
    expect(await shop.entries(order.id)).toEqual([]);
  });

  it('D13, R2.3: a scan alone binds nobody, not even when the protection is over', async () => {
    const person = await shop.newCustomer({ through: shop.guide.code, joins: true });
    await shop.advance({ days: 16 });
    const before = await shop.count('bindings', 'memberId = ?', [person.memberId]);
    for (let scan = 0; scan < 3; scan += 1) await shop.touch(person, rival.code);
    await shop.mall.settle();
    expect(await shop.count('bindings', 'memberId = ?', [person.memberId])).toBe(before);
    const me = await shop.mall.api.get<{ myGuide: { name: string } | null }>('/api/me', person.token);
    expect(me.myGuide?.name).toBe('陈静');
  });

  it('R8, R4.5: shares, opens and recruits post nothing and leave every balance as it was', async () => {
    await shop.mall.settle();
    const legs = await shop.count('ledger_legs');
    const intents = await shop.count('share_intents', 'guideId = ?', [rival.guideId]);
    for (const placement of ['card', 'poster', 'code', 'link']) {
      await shop.mall.api.post('/api/guide/share-links', { placement }, rival.token);
    }
    expect(await shop.count('share_intents', 'guideId = ?', [rival.guideId])).toBe(intents + 4);
    await shop.newCustomer({ through: rival.code, joins: true });
    await shop.newGuide('新人');
    await shop.mall.settle();
    expect(await shop.count('ledger_legs')).toBe(legs);
  });

  it('R3.4, D14: a settings version changes later decisions only, and each decision names the version it used', async () => {
    const selfBuy = async () => {
      const own = await shop.newGuide('自购');
      await shop.touch(own, own.code);
      return { own, order: await shop.buy(own, { SCARF: 1 }) };
    };
    const first = await selfBuy();
    const view = await published({ selfPurchase: 'pays_herself' });
    expect(view.values).toMatchObject({ selfPurchase: 'pays_herself', touchWindowDays: 7 });
    expect(view.versions[0]).toMatchObject({ id: view.versionId, values: view.values });
    const second = await selfBuy();
    const { order: someoneElses } = await contested();
    await published({ selfPurchase: 'pays_nobody' });
    const third = await selfBuy();

    expect(await hqView(first.order.id)).toMatchObject({ guideId: null, losers: [{ reason: 'self_purchase' }] });
    const won = await hqView(second.order.id);
    expect(won).toMatchObject({ branch: 'c', guideId: second.own.guideId, settingsVersion: view.versionId });
    expect(await shop.guideFen(second.order.id)).toBe((10_000 * RATE.guideBps) / 10_000);
    expect(await shop.count('bindings', 'memberId = ?', [second.own.memberId])).toBe(0);
    expect(await hqView(someoneElses.id)).toMatchObject({ guideId: rival.guideId, settingsVersion: view.versionId });
    // 7.5% of ¥59.90: nobody's guide drops to a lower level because guides may buy for themselves.
    const theirs = (await shop.entries(someoneElses.id)).filter(({ payeeKind }) => payeeKind === 'guide');
    expect(theirs.map(({ payeeId, amountFen }) => [payeeId, amountFen])).toEqual([[rival.guideId, 449]]);
    expect((await hqView(third.order.id)).guideId).toBeNull();
    for (const { order } of [first, second, third]) expect((await replay(order.id)).agrees).toBe(true);
  });

  it('R3.4: with takeover “never” a franchise store keeps its customer after protection, from a day that HQ chose', async () => {
    const direct = shop.store;
    const place = { province: '上海市', city: '上海市' };
    const store = { code: `FR-${engine.toUpperCase()}`, name: '加盟店', type: 'franchise', ...place };
    shop.store = await shop.hq<Store>('/api/hq/stores', store);
    const partner = await shop.newGuide('加盟');
    shop.store = direct;
    const [before, after] = [
      await shop.newCustomer({ through: partner.code, joins: true }),
      await shop.newCustomer({ through: partner.code, joins: true }),
    ];
    await shop.advance({ days: 16 });
    const view = await published({ franchiseTakeover: 'never' }, (await shop.now()) + DAY_MS);
    expect(view.values.franchiseTakeover).toBe('after_protection');
    const order = async (person: Person) => {
      await shop.touch(person, rival.code);
      return hqView((await shop.place(person, { SOCKS: 1 })).id);
    };
    expect(await order(before)).toMatchObject({ branch: 'c', guideId: rival.guideId });
    await shop.advance({ days: 2 });
    const kept = await order(after);
    expect(kept).toMatchObject({ branch: 'd', guideId: partner.guideId, assists: [{ guideId: rival.guideId }] });
    expect(kept.losers).toContainEqual(expect.objectContaining({ guideId: rival.guideId, reason: 'other_store' }));
    expect((await replay(kept.orderId)).agrees).toBe(true);
    await published({ franchiseTakeover: 'after_protection' });
  });

  it('R3.4: settings are refused with their faults, twice at one instant, in the past, and to who may not change them', async () => {
    const versions = await shop.count('setting_versions');
    const bad = await publish('distribution', { values: { touchWindowDays: 0, tailBps: 1.5, paidLevels: 2 } });
    const problem = expectProblem(bad, 422, ProblemType.SettingInvalid);
    expect(problem.faults?.map(({ path }) => path)).toEqual([
      'values.touchWindowDays',
      'values.tailBps',
      'values.paidLevels',
    ]);
    const contradiction = await publish('payouts', { values: { transferMinFen: 15_000 } });
    expectProblem(contradiction, 422, ProblemType.SettingInvalid);
    const past = await publish('orders', {
      values: { autoReceiveDays: 9 },
      effectiveFrom: (await shop.now()) - 60_000,
    });
    expectProblem(past, 422, ProblemType.SettingInvalid);
    expect(await shop.count('setting_versions')).toBe(versions);
    expectProblem(await publish('wages', { values: { a: 1 } }), 404, ProblemType.NotFound);

    const [operator, finance, auditor] = [await hqUser('operator'), await hqUser('finance'), await hqUser('auditor')];
    const effectiveFrom = (await shop.now()) + 300 * DAY_MS;
    const once = { values: { autoApproveFen: 100 }, effectiveFrom };
    expectProblem(await publish('payouts', once, operator), 403, ProblemType.Forbidden);
    expectProblem(await publish('payouts', once, auditor), 403, ProblemType.Forbidden);
    expect((await publish('payouts', once, finance)).status).toBe(201);
    expectProblem(await publish('payouts', once, finance), 409, ProblemType.SettingConflict);
    expectProblem(await publish('distribution', { values: { tailBps: 1 } }, finance), 403, ProblemType.Forbidden);
    const seen = await shop.mall.api.get<SettingsView>('/api/hq/settings/payouts', auditor);
    expect(seen).toMatchObject({ name: 'payouts', values: { autoApproveFen: 20_000 } });
    expect(seen.versions[0]?.values).toEqual({ ...seen.defaults, autoApproveFen: 100 });
    const audited = await shop.count('audit_entries', "action = 'settings.publish' AND actorId = 'hqu_finance'");
    expect(audited).toBe(1);
  });
});
