import type { GuideNotice, ShareableProduct } from '@mall/shared/guides';
import type { AuditEntry, CommissionRule, CommissionRuleResolution } from '@mall/shared/hq';
import type { OrderDetail } from '@mall/shared/orders';
import type { Page } from '@mall/shared/paging';
import { type Problem, ProblemType } from '@mall/shared/problems';
import type { DryRun, RateDraft } from '@mall/shared/rates';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { expectLedgerExact } from './support/e2e-invariants.js';
import { type Basket, type Person, RATE, Shop, type SkuCode } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const DAY_MS = 86_400_000;
const ANY = { productScope: { kind: 'any' }, sellerScope: { kind: 'any' } };
const share = (baseFen: number, bps: number): number => Number((BigInt(baseFen) * BigInt(bps)) / 10_000n);

describe.each(ENGINES)('commission rules over HTTP [%s]', (engine) => {
  let shop: Shop;
  beforeAll(async () => {
    shop = await Shop.open(engine);
  });
  afterAll(() => shop.close());
  afterEach(async () => {
    await shop.mall.settle();
    await expectLedgerExact(shop);
  });

  const call = (method: string, path: string, body?: unknown): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, method, `/api/hq${path}`, { token: shop.hqToken, body });
  const publish = (body: object): Promise<RawAnswer> => call('POST', '/commission-rules', { reason: '测试', ...body });
  const published = async (body: object): Promise<CommissionRule> => {
    const answer = await publish(body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body as CommissionRule;
  };
  const refused = async (body: object, status: number, type: ProblemType): Promise<Problem> =>
    expectProblem(await publish(body), status, type);
  const forSku = (code: SkuCode) => ({
    productScope: { kind: 'sku', id: shop.skus[code] },
    sellerScope: { kind: 'any' },
  });
  const lookUp = async (code: SkuCode, at?: number): Promise<CommissionRuleResolution> => {
    const when = at === undefined ? '' : `&at=${at}`;
    return shop.hqGet(`/api/hq/commission-rules/resolve?skuId=${shop.skus[code]}&guideId=${shop.guide.guideId}${when}`);
  };
  const guideBpsOf = async (code: SkuCode, at?: number) => (await lookUp(code, at)).rule?.guideBps;
  const customer = () => shop.newCustomer({ through: shop.guide.code });
  const notices = async (): Promise<GuideNotice[]> => {
    await shop.mall.settle();
    return (await shop.mall.api.get<Page<GuideNotice>>('/api/guide/notices?limit=100', shop.guide.token)).items;
  };
  const rulesOfScope = async (code: SkuCode): Promise<CommissionRule[]> => {
    const query = `productScopeKind=sku&productScopeId=${shop.skus[code]}&sellerScopeKind=any`;
    return (await shop.hqGet<Page<CommissionRule>>(`/api/hq/commission-rules/history?${query}`)).items;
  };

  it('R4.3: a rate lives from draft to end: previewed, published, told, audited, looked up, never changed', async () => {
    const scope = forSku('SHIRT');
    const input = { ...scope, guideBps: 900, storeBps: 101, reason: '新品推广' };
    const made = (await call('POST', '/commission-rule-drafts', input)).body as RateDraft;
    expect(made).toMatchObject({ state: 'draft', revision: 1, input: { guideBps: 900 }, authorStoreId: null });
    const path = `/commission-rule-drafts/${made.id}`;
    const changed = await call('PATCH', path, { revision: 1, input: { ...input, guideBps: 950 } });
    expect(changed.body).toMatchObject({ revision: 2, input: { guideBps: 950 } });
    const stale = await call('PATCH', path, { revision: 1, input });
    expect(expectProblem(stale, 409, ProblemType.RevisionConflict)).toMatchObject({ revision: 2 });
    expect((await call('POST', `${path}/preview`)).status).toBe(200);
    expect(await guideBpsOf('SHIRT')).toBe(RATE.guideBps);

    const answer = await call('POST', `${path}/publish`, {});
    expect(answer.status).toBe(201);
    const rule = answer.body as CommissionRule;
    expect(rule).toMatchObject({ guideBps: 950, storeBps: 101, series: 'base', isEnd: false, authorStoreId: null });
    expectProblem(await call('POST', `${path}/publish`, {}), 409, ProblemType.RevisionConflict);
    expectProblem(await call('DELETE', path), 409, ProblemType.RevisionConflict);
    for (const method of ['PUT', 'PATCH', 'DELETE']) {
      const body = method === 'DELETE' ? undefined : { guideBps: 1 };
      const kept = expectProblem(
        await call(method, `/commission-rules/${rule.id}`, body),
        409,
        ProblemType.CommissionRulePublished,
      );
      expect(kept.ruleId).toBe(rule.id);
    }
    expect((await call('GET', `/commission-rules/${rule.id}`)).body).toEqual(rule);

    const { rule: won, sentence, losers } = await lookUp('SHIRT');
    expect([won?.id, losers.map(({ reason }) => reason)]).toEqual([rule.id, ['product']]);
    expect(sentence).toContain('指定规格');
    expect(losers[0]?.sentence).toContain('不如“指定规格”的规则具体');
    const order = await shop.buy(await customer(), { SHIRT: 1 });
    expect(await shop.guideFen(order.id)).toBe(share(19_900, 950));

    const told = (await notices()).find(({ subjectId }) => subjectId === rule.id);
    expect(told).toMatchObject({ kind: 'rate_changed', body: expect.stringContaining('“亚麻衬衫”') });
    expect(told?.body).toContain('9.5%');
    const { items } = await shop.hqGet<Page<AuditEntry>>(`/api/hq/audit-log?subject=${rule.id}`);
    expect(items).toMatchObject([
      { action: 'commission-rule.publish', actor: 'admin', old: null, new: { guideBps: 950 }, reason: '新品推广' },
    ]);

    const later = (await shop.now()) + DAY_MS;
    const end = (await call('POST', `/commission-rules/${rule.id}/end`, { at: later, reason: '到期' }))
      .body as CommissionRule;
    expect(end).toMatchObject({ series: 'base', isEnd: true, effectiveFrom: later });
    expect([await guideBpsOf('SHIRT', later - 1), await guideBpsOf('SHIRT', later)]).toEqual([950, RATE.guideBps]);
    expect((await lookUp('SHIRT', later)).losers.map(({ reason }) => reason)).toEqual(['ended']);
    expect((await rulesOfScope('SHIRT')).map(({ id }) => id)).toEqual([end.id, rule.id]);
    expect((await notices()).map(({ subjectId }) => subjectId)).toContain(end.id);
    expect(await shop.count('guide_notices', 'subjectId = ?', [rule.id])).toBe(1);
  });

  it('C21: a campaign beats the base rate of its scope in its own time only; an overlapping one is a 409 naming it', async () => {
    const now = await shop.now();
    const day = (nth: number): number => now + nth * DAY_MS;
    const scope = forSku('SCARF');
    await published({ ...scope, guideBps: 800 });
    await published({ ...scope, guideBps: 500, effectiveFrom: day(1) });
    const summer = await published({ ...scope, guideBps: 1_200, effectiveFrom: day(10), effectiveTo: day(20) });
    expect(summer.series).toBe('campaign');
    const at = (instant: number) => guideBpsOf('SCARF', instant);
    expect(await Promise.all([day(1) - 1, day(1), day(10) - 1, day(10), day(20) - 1, day(20)].map(at))).toEqual([
      800, 500, 500, 1_200, 1_200, 500,
    ]);
    expect((await lookUp('SCARF', day(10))).losers.map(({ reason }) => reason)).toEqual([
      'campaign',
      'campaign',
      'product',
    ]);
    const second = { ...scope, guideBps: 1_300, effectiveFrom: day(15), effectiveTo: day(25) };
    const conflict = await refused(second, 409, ProblemType.CommissionRuleConflict);
    expect(conflict.conflictingRuleId).toBe(summer.id);
    const equal = await refused(
      { ...scope, guideBps: 1, effectiveFrom: day(1) },
      409,
      ProblemType.CommissionRuleConflict,
    );
    expect((await rulesOfScope('SCARF')).find(({ id }) => id === equal.conflictingRuleId)?.guideBps).toBe(500);
    // Side by side they may stand.
    await published({ ...second, effectiveFrom: day(20) });

    const stop = (await call('POST', `/commission-rules/${summer.id}/end`, { at: day(12), reason: '预算用完' })).body;
    expect(stop).toMatchObject({ series: 'stop', stopsRuleId: summer.id, effectiveFrom: day(12) });
    expect(await Promise.all([day(12) - 1, day(12)].map(at))).toEqual([1_200, 500]);
    const again = await call('POST', `/commission-rules/${summer.id}/end`, { at: day(13), reason: '再来' });
    const { id: stopId } = stop as CommissionRule;
    expect(expectProblem(again, 409, ProblemType.CommissionRuleConflict).conflictingRuleId).toBe(stopId);
    // What the stop set free is free for another one.
    await published({ ...scope, guideBps: 1_250, effectiveFrom: day(14), effectiveTo: day(16) });
    const query = `productScopeKind=sku&productScopeId=${shop.skus.SCARF}&inForceAt=${day(15)}`;
    const inForce = await shop.hqGet<Page<CommissionRule>>(`/api/hq/commission-rules?${query}`);
    expect(inForce.items.map(({ guideBps }) => guideBps)).toEqual([1_250]);
  });

  it('C20, C21: orders and the guide’s goods get the rate of the moment, campaigns included; no quote goes stale', async () => {
    const scope = forSku('BAG');
    const shown = async () => {
      const { items } = await shop.mall.api.get<Page<ShareableProduct>>('/api/guide/products', shop.guide.token);
      const bag = items.find(({ title }) => title === '帆布托特包');
      return [bag?.guideBps, bag?.commissionFromFen];
    };
    await published({ ...scope, guideBps: 800 });
    const person = await customer();
    const placement = await shop.placement(person, { BAG: 1 });
    await published({ ...scope, guideBps: 500 });
    const placed = await shop.mall.api.postOnce<OrderDetail>('/api/orders', placement, person.token);
    await shop.pay(person, placed.id);
    expect(await shop.guideFen(placed.id)).toBe(share(5_990, 500));
    expect(await shown()).toEqual([500, share(5_990, 500)]);
    const now = await shop.now();
    const campaign = { effectiveFrom: now + DAY_MS, effectiveTo: now + 3 * DAY_MS };
    await published({ ...scope, guideBps: 1_200, ...campaign });
    await shop.advance({ days: 2 });
    expect(await shown()).toEqual([1_200, share(5_990, 1_200)]);
    const during = await shop.buy(await customer(), { BAG: 1 });
    await shop.advance({ days: 2 });
    expect(await shown()).toEqual([500, share(5_990, 500)]);
    const after = await shop.buy(await customer(), { BAG: 1 });
    expect([await shop.guideFen(during.id), await shop.guideFen(after.id)]).toEqual([
      share(5_990, 1_200),
      share(5_990, 500),
    ]);
  });

  describe('refusals', () => {
    it.each<[string, () => Promise<object>, ProblemType, object]>([
      [
        'a rate over 10,000 bps',
        async () => ({ ...ANY, guideBps: 10_001 }),
        ProblemType.CommissionRuleInvalid,
        { guideBps: 10_001, maxBps: 10_000 },
      ],
      [
        'a negative rate',
        async () => ({ ...ANY, guideBps: -1 }),
        ProblemType.CommissionRuleInvalid,
        { guideBps: -1, minBps: 0 },
      ],
      [
        'parts over all',
        async () => ({ ...ANY, guideBps: 9_000, storeBps: 1_001 }),
        ProblemType.CommissionRuleInvalid,
        { sumBps: 10_001 },
      ],
      [
        'parts over the pool',
        async () => ({ ...ANY, guideBps: 600, storeBps: 401, poolBps: 1_000 }),
        ProblemType.CommissionRuleInvalid,
        { sumBps: 1_001, poolBps: 1_000 },
      ],
      [
        'the past',
        async () => ({ ...ANY, guideBps: 1, effectiveFrom: (await shop.now()) - 60_000 }),
        ProblemType.CommissionRuleInvalid,
        { now: expect.any(Number) },
      ],
      [
        'an end before its beginning',
        async () => ({ ...ANY, guideBps: 1, effectiveTo: (await shop.now()) - 1 }),
        ProblemType.CommissionRuleInvalid,
        { effectiveTo: expect.any(Number) },
      ],
      [
        'a band upside down',
        async () => ({ ...ANY, guideBps: 1, bandMinBps: 9, bandMaxBps: 8 }),
        ProblemType.CommissionRuleInvalid,
        { bandMinBps: 9, bandMaxBps: 8 },
      ],
      [
        'a second paid level (R4.5)',
        async () => ({ ...ANY, guideBps: 1, depth: 2 }),
        ProblemType.CommissionRuleInvalid,
        { rule: 'R4.5', depth: 2 },
      ],
      [
        'an unknown SKU',
        async () => ({ ...ANY, guideBps: 1, productScope: { kind: 'sku', id: 'sku_x' } }),
        ProblemType.CommissionScopeUnknown,
        { scope: { kind: 'sku', id: 'sku_x' } },
      ],
      [
        'an unknown product',
        async () => ({ ...ANY, guideBps: 1, productScope: { kind: 'product', id: 'prd_x' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'an unknown category',
        async () => ({ ...ANY, guideBps: 1, productScope: { kind: 'category', id: 'cat_x' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'an unknown brand',
        async () => ({ ...ANY, guideBps: 1, productScope: { kind: 'brand', id: 'brd_x' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'an unknown guide',
        async () => ({ ...ANY, guideBps: 1, sellerScope: { kind: 'guide', id: 'gde_x' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'an unknown store',
        async () => ({ ...ANY, guideBps: 1, sellerScope: { kind: 'store', id: 'str_x' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'an unknown type of store',
        async () => ({ ...ANY, guideBps: 1, sellerScope: { kind: 'store_type', id: 'kiosk' } }),
        ProblemType.CommissionScopeUnknown,
        {},
      ],
      [
        'a scope without an id',
        async () => ({ ...ANY, guideBps: 1, sellerScope: { kind: 'store' } }),
        ProblemType.CommissionRuleInvalid,
        {},
      ],
    ])(
      'R4.3: %s is a 422 with the numbers, published or drafted, and nothing is written',
      async (_, body, type, numbers) => {
        const before = await shop.count('commission_rules');
        expect(await refused(await body(), 422, type)).toMatchObject(numbers);
        const draft = await call('POST', '/commission-rule-drafts', { reason: '测试', ...(await body()) });
        expectProblem(draft, 422, type);
        expect(await shop.count('commission_rules')).toBe(before);
      },
    );

    it('R4.3: an end in the past, of what has ended, or of an end, is refused', async () => {
      const rule = await published({ ...forSku('RARE'), guideBps: 100 });
      const path = `/commission-rules/${rule.id}/end`;
      const past = await call('POST', path, { at: (await shop.now()) - 60_000, reason: '倒填' });
      expectProblem(past, 422, ProblemType.CommissionRuleInvalid);
      const end = (await call('POST', path, { reason: '终止' })).body as CommissionRule;
      const again = expectProblem(
        await call('POST', path, { reason: '终止' }),
        409,
        ProblemType.CommissionRuleConflict,
      );
      expect(again.conflictingRuleId).toBe(end.id);
      const ofEnd = await call('POST', `/commission-rules/${end.id}/end`, { reason: '终止' });
      expectProblem(ofEnd, 422, ProblemType.CommissionRuleInvalid);
      expectProblem(await call('POST', '/commission-rules/cmr_x/end', { reason: '终止' }), 404, ProblemType.NotFound);
      expectProblem(await call('PATCH', '/commission-rules/cmr_x', {}), 404, ProblemType.NotFound);
    });

    it.each(['commission_rules', 'commission_entries'])(
      'R4.5: the database itself refuses a paid depth of 2 in %s',
      async (table) => {
        await shop.buy(await customer(), { SOCKS: 1 });
        expect(await shop.count(table)).toBeGreaterThan(0);
        await expect(shop.execute(`UPDATE ${table} SET paidDepth = 2`)).rejects.toThrow(
          /CHK_commission_|CHECK constraint/,
        );
      },
    );

    it('R4.3: of campaigns that overlap and of versions that begin together, published at once, one stands', async () => {
      const now = await shop.now();
      for (let round = 1; round <= 8; round += 1) {
        const from = now + (100 + 10 * round) * DAY_MS;
        const campaigns = [0, 1, 2].map((nth) => ({
          effectiveFrom: from + nth * DAY_MS,
          effectiveTo: from + 5 * DAY_MS,
        }));
        const versions = [0, 1, 2].map(() => ({ effectiveFrom: from }));
        for (const racing of [campaigns, versions]) {
          const answers = await Promise.all(
            racing.map((times, nth) => publish({ ...forSku('SOCKS'), guideBps: 100 + nth, ...times })),
          );
          expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
          const winner = answers.find(({ status }) => status === 201)?.body as CommissionRule;
          for (const { body } of answers.filter(({ status }) => status === 409)) {
            expect(body).toMatchObject({ type: ProblemType.CommissionRuleConflict, conflictingRuleId: winner.id });
          }
        }
      }
    });
  });

  describe('dry run', () => {
    const baskets: Basket[] = [{ SHIRT: 1, BAG: 2 }, { RARE: 1 }, { SOCKS: 3, SHIRT: 2 }];

    it('R4.3: says before, after and difference by guide, store and product; publishing then posts exactly that', async () => {
      const person: Person = await customer();
      const old: OrderDetail[] = [];
      for (const basket of baskets) old.push(await shop.buy(person, basket));
      await shop.mall.settle();
      const body = { ...ANY, guideBps: 611, storeBps: 87, reason: '秋季调整' };
      const run = (await call('POST', '/commission-rules/preview', body)).body as DryRun;
      expect(run.to - run.from).toBe(30 * DAY_MS);
      expect(run.total.differenceFen).toBe(run.total.afterFen - run.total.beforeFen);
      const [mine] = run.byGuide.filter(({ id }) => id === shop.guide.guideId);
      expect(mine?.name).toBe('陈静');
      const sum = async (orders: OrderDetail[]) => {
        let total = 0;
        for (const { id } of orders) for (const { amountFen } of await shop.entries(id)) total += amountFen;
        return total;
      };
      const held = await shop.query<{ n: number }>('SELECT SUM(postedFen) AS n FROM commission_entries');
      expect(run.total.beforeFen).toBe(Number(held[0]?.n));
      for (const rows of [run.byProduct, [...run.byGuide, ...run.byStore]]) {
        expect(rows.reduce((all, { afterFen }) => all + afterFen, 0)).toBe(run.total.afterFen);
      }
      expect(run.losers).toMatchObject({ count: 1, most: [{ id: shop.guide.guideId }] });

      await published(body);
      const rerun = (await call('POST', '/commission-rules/preview', { ...body, guideBps: 612 })).body as DryRun;
      const fresh: OrderDetail[] = [];
      for (const basket of baskets) fresh.push(await shop.buy(person, basket));
      await shop.mall.settle();
      // BAG has its own rate since before, and keeps it under a rate for everything.
      const bagFen = (bps: number) => share(2 * 5_990, bps);
      const other = [19_900, 88_888, 3 * 3_000, 2 * 19_900];
      const expected = (guideBps: number, storeBps: number, bag: [number, number]) =>
        other.reduce((all, base) => all + share(base, guideBps) + share(base, storeBps), 0) +
        bagFen(bag[0]) +
        bagFen(bag[1]);
      expect(await sum(old)).toBe(expected(RATE.guideBps, RATE.storeBps, [500, 0]));
      expect(await sum(fresh)).toBe(expected(611, 87, [500, 0]));
      expect(rerun.total.beforeFen).toBe(run.total.beforeFen);
    });

    it('R4.3: counts an unknown cost as unknown; a breach of the floor is a 422 with numbers unless an owner says why', async () => {
      const preview = async (body: object) =>
        (await call('POST', '/commission-rules/preview', { reason: '测试', ...body })).body as DryRun;
      const socks = forSku('SOLDOUT');
      expect((await preview({ ...socks, guideBps: 9_000 })).margin).toMatchObject({
        breaches: 0,
        passed: 0,
        unknown: 1,
      });
      await shop.execute('UPDATE skus SET costFen = ? WHERE id = ?', [7_000, shop.skus.SOLDOUT]);
      expect((await preview({ ...socks, guideBps: 900 })).margin).toMatchObject({ breaches: 0, passed: 1, unknown: 0 });
      const body = { ...socks, guideBps: 901, storeBps: 100 };
      const breach = await refused(body, 422, ProblemType.MarginBreach);
      expect(breach).toMatchObject({ breaches: 1, floorBps: 0, unknown: 0 });
      const numbers = { skuId: shop.skus.SOLDOUT, orderLineId: null, baseFen: 7_770, costFen: 7_000 };
      expect(breach.worst).toMatchObject([{ ...numbers, commissionFen: 777, marginFen: -7, marginBps: -10 }]);
      const draft = (await call('POST', '/commission-rule-drafts', { ...body, reason: '测试' })).body as RateDraft;
      const path = `/commission-rule-drafts/${draft.id}/publish`;
      expectProblem(await call('POST', path, {}), 422, ProblemType.MarginBreach);
      const overridden = await call('POST', path, { overrideMarginReason: '清仓' });
      expect(overridden.status).toBe(201);
      const { id } = overridden.body as CommissionRule;
      const { items } = await shop.hqGet<Page<AuditEntry>>(`/api/hq/audit-log?subject=${id}`);
      const override = items.find(({ action }) => action === 'commission-rule.override-margin');
      expect(override).toMatchObject({ reason: '清仓', new: { breaches: 1 } });
    });
  });
});
