import type { Store } from '@mall/shared/guides';
import type { AuditEntry, CommissionRule, CommissionRuleResolution, HqSessionResponse, HqUser } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { type Problem, ProblemType } from '@mall/shared/problems';
import type { DryRun, RateDraft } from '@mall/shared/rates';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { type GuidePerson, RATE, Shop } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const PASSWORD = 'a long enough password';
const DAY_MS = 86_400_000;
const ANY = { kind: 'any' };

describe.each(ENGINES)('who may set rates, over HTTP [%s]', (engine) => {
  let shop: Shop;
  let franchise: Store;
  let partner: GuidePerson;
  /** Tokens: the manager of the shop's own direct store, of the franchise store, and an operator. */
  let direct: string;
  let free: string;
  let operator: string;

  const call = (token: string, method: string, path: string, body?: unknown): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, method, `/api/hq${path}`, { token, body });
  const hire = (body: object): Promise<RawAnswer> =>
    call(shop.hqToken, 'POST', '/users', { password: PASSWORD, ...body });
  const login = async (username: string): Promise<HqSessionResponse> =>
    (await call('', 'POST', '/sessions', { username, password: PASSWORD })).body as HqSessionResponse;
  const hired = async (username: string, role: string, storeId?: string): Promise<string> => {
    expect((await hire({ username, role, storeId })).status).toBe(201);
    const { token, user } = await login(username);
    expect(user).toMatchObject({ username, role, storeId: storeId ?? null });
    return token;
  };
  const publish = (token: string, body: object): Promise<RawAnswer> =>
    call(token, 'POST', '/commission-rules', { productScope: ANY, reason: '测试', ...body });
  const published = async (token: string, body: object): Promise<CommissionRule> => {
    const answer = await publish(token, body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body as CommissionRule;
  };
  const refused = async (token: string, body: object, status: number, type: ProblemType): Promise<Problem> =>
    expectProblem(await publish(token, body), status, type);
  const ownStore = () => ({ sellerScope: { kind: 'store', id: shop.store.id } });
  const theirStore = () => ({ sellerScope: { kind: 'store', id: franchise.id } });
  const rateOf = async (guideId: string): Promise<CommissionRule | null> => {
    const path = `/api/hq/commission-rules/resolve?skuId=${shop.skus.SHIRT}&guideId=${guideId}`;
    return (await shop.hqGet<CommissionRuleResolution>(path)).rule;
  };

  beforeAll(async () => {
    shop = await Shop.open(engine);
    const store = { code: 'E2E-2', name: '加盟店', type: 'franchise', province: '江苏省', city: '苏州市' };
    franchise = await shop.hq<Store>('/api/hq/stores', store);
    const home = shop.store;
    shop.store = franchise;
    partner = await shop.newGuide('方圆');
    shop.store = home;
    direct = await hired('lin.jing', 'store_manager', shop.store.id);
    free = await hired('fang', 'store_manager', franchise.id);
    operator = await hired('op-1', 'operator');
  });
  afterAll(() => shop.close());
  afterEach(() => shop.mall.settle());

  describe('HQ users', () => {
    it.each<[string, object, number, ProblemType]>([
      ['a name in capitals', { username: 'Lin', role: 'operator' }, 422, ProblemType.ValidationFailed],
      ['a name of one letter', { username: 'l', role: 'operator' }, 422, ProblemType.ValidationFailed],
      [
        'a short password',
        { username: 'short', password: '123456789', role: 'operator' },
        422,
        ProblemType.ValidationFailed,
      ],
      ['no role of ours', { username: 'boss', role: 'emperor' }, 422, ProblemType.ValidationFailed],
      ['a manager of no store', { username: 'none', role: 'store_manager' }, 422, ProblemType.ValidationFailed],
      [
        'a manager of an unknown store',
        { username: 'none', role: 'store_manager', storeId: 'str_x' },
        422,
        ProblemType.ValidationFailed,
      ],
      [
        'an operator of a store',
        { username: 'none', role: 'operator', storeId: 'str_x' },
        422,
        ProblemType.ValidationFailed,
      ],
      ['a name that is taken', { username: 'admin', role: 'operator' }, 409, ProblemType.HqUserConflict],
    ])('refuses %s', async (_, body, status, type) => {
      const before = await shop.count('hq_users');
      expectProblem(await hire(body), status, type);
      expect(await shop.count('hq_users')).toBe(before);
    });

    it('are the owner’s alone, audited, and out at once when disabled', async () => {
      for (const token of [operator, direct]) {
        expectProblem(await call(token, 'GET', '/users'), 403, ProblemType.Forbidden);
        expectProblem(await call(token, 'POST', '/users', {}), 403, ProblemType.Forbidden);
      }
      const made = (await hire({ username: 'leaver', role: 'finance' })).body as HqUser;
      expect(Object.keys(made)).not.toContain('passwordHash');
      const { token } = await login('leaver');
      expect((await call(token, 'GET', '/commission-rules')).status).toBe(200);
      const path = `/users/${made.id}/disable`;
      const disabled = await call(shop.hqToken, 'POST', path, { reason: '离职' });
      expect(disabled.body).toMatchObject({ id: made.id, disabledAt: expect.any(Number) });
      expect((await call(token, 'GET', '/commission-rules')).status).toBe(401);
      expectProblem(
        await call('', 'POST', '/sessions', { username: 'leaver', password: PASSWORD }),
        401,
        ProblemType.BadCredentials,
      );
      expectProblem(await call(shop.hqToken, 'POST', path, { reason: '离职' }), 409, ProblemType.HqUserConflict);
      expectProblem(
        await call(shop.hqToken, 'POST', '/users/hqu_x/disable', { reason: '离职' }),
        404,
        ProblemType.NotFound,
      );
      const { items } = await shop.hqGet<Page<HqUser>>('/api/hq/users');
      expect(items.map(({ username }) => username)).toEqual(['leaver', 'op-1', 'fang', 'lin.jing', 'admin']);
      const self = items.find(({ username }) => username === 'admin')?.id;
      const own = await call(shop.hqToken, 'POST', `/users/${self}/disable`, { reason: '误' });
      expectProblem(own, 409, ProblemType.HqUserConflict);
      const { items: audit } = await shop.hqGet<Page<AuditEntry>>(`/api/hq/audit-log?subject=${made.id}`);
      expect(audit.map(({ action, reason }) => [action, reason])).toEqual([
        ['hq-user.disable', '离职'],
        ['hq-user.create', null],
      ]);
      expect(JSON.stringify(audit)).not.toContain(PASSWORD);
    });

    it('let a store’s manager do nothing else of HQ', async () => {
      const closed = ['/orders', '/guides', '/stores', '/audit-log', '/ledger/summary', '/stock?skuIds=x'];
      const answers = await Promise.all(closed.map((path) => call(direct, 'GET', path)));
      expect(answers.map(({ status }) => status)).toEqual(closed.map(() => 403));
    });
  });

  describe('a store’s manager', () => {
    it('R4.3: of a direct store sets nothing without HQ’s band, and then only within it', async () => {
      const before = await rateOf(shop.guide.guideId);
      const locked = await refused(direct, { ...ownStore(), guideBps: 760 }, 403, ProblemType.CommissionRuleLocked);
      expect(locked.ruleId).toBe(before?.id);
      const band = { sellerScope: ANY, ...RATE, bandMinBps: 500, bandMaxBps: 900, isLocked: false };
      const governing = await published(shop.hqToken, band);
      const outside = await refused(direct, { ...ownStore(), guideBps: 901 }, 422, ProblemType.CommissionRuleInvalid);
      expect(outside).toMatchObject({ ruleId: governing.id, guideBps: 901, bandMinBps: 500, bandMaxBps: 900 });
      const rule = await published(direct, { ...ownStore(), guideBps: 900 });
      expect(rule).toMatchObject({ authorStoreId: shop.store.id, storeBps: RATE.storeBps, guideBps: 900 });
      expect((await rateOf(shop.guide.guideId))?.id).toBe(rule.id);
      expect((await rateOf(partner.guideId))?.id).toBe(governing.id);
      const greedy = { ...ownStore(), guideBps: 800, storeBps: RATE.storeBps + 1 };
      expect(await refused(direct, greedy, 403, ProblemType.CommissionRuleLocked)).toMatchObject({
        limitBps: RATE.storeBps,
      });
    });

    it('R4.3: of a franchise store is free, until HQ locks: then she gets a 403 that names the rule', async () => {
      const own = await published(free, { ...theirStore(), guideBps: 700 });
      expect((await rateOf(partner.guideId))?.id).toBe(own.id);
      const banded = await refused(free, { ...theirStore(), guideBps: 1_500 }, 422, ProblemType.CommissionRuleInvalid);
      expect(banded).toMatchObject({ bandMaxBps: 900 });
      await published(shop.hqToken, { sellerScope: ANY, ...RATE });
      await published(free, { ...theirStore(), guideBps: 1_500 });
      const lock = await published(operator, { sellerScope: ANY, ...RATE, isLocked: true });
      const answer = await refused(free, { ...theirStore(), guideBps: 600 }, 403, ProblemType.CommissionRuleLocked);
      expect(answer.ruleId).toBe(lock.id);
      // For part of the goods, or for one of her guides: locked is locked.
      const shirt = { productScope: { kind: 'sku', id: shop.skus.SHIRT }, ...theirStore(), guideBps: 600 };
      await refused(free, shirt, 403, ProblemType.CommissionRuleLocked);
      const forGuide = { sellerScope: { kind: 'guide', id: partner.guideId }, guideBps: 600 };
      await refused(free, forGuide, 403, ProblemType.CommissionRuleLocked);
      // Her own rate from before holds no more either, and she may still end it.
      expect((await rateOf(partner.guideId))?.id).toBe(lock.id);
      const { body } = await call(free, 'GET', `/commission-rules?authorStoreId=${franchise.id}`);
      const [mine] = (body as { items: { id: string }[] }).items;
      const ended = await call(free, 'POST', `/commission-rules/${mine?.id}/end`, { reason: '恢复' });
      expect(ended.body).toMatchObject({ isEnd: true, authorStoreId: franchise.id });
      expect((await rateOf(partner.guideId))?.id).toBe(lock.id);
    });

    it('R4.3: cannot get round a lock on part of the goods by a rule for more of them', async () => {
      await published(shop.hqToken, { sellerScope: ANY, ...RATE });
      const [shirt] = await shop.query<{ brandId: string; categoryId: string }>(
        'SELECT p.brandId, p.categoryId FROM products p JOIN skus k ON k.productId = p.id WHERE k.id = ?',
        [shop.skus.SHIRT],
      );
      const ofBrand = { productScope: { kind: 'brand', id: shirt?.brandId }, sellerScope: ANY, ...RATE };
      const lock = await published(shop.hqToken, { ...ofBrand, isLocked: true });
      const wide = { productScope: { kind: 'category', id: shirt?.categoryId }, ...theirStore(), guideBps: 600 };
      expect((await refused(free, wide, 403, ProblemType.CommissionRuleLocked)).ruleId).toBe(lock.id);
      // A rule for everything would stay below the brand's own, and takes nothing from it.
      await published(free, { ...theirStore(), guideBps: 610 });
      expect((await rateOf(partner.guideId))?.id).toBe(lock.id);
      await call(shop.hqToken, 'POST', `/commission-rules/${lock.id}/end`, { reason: '测试' });
    });

    it('R4.3: acts for her own store and its guides only', async () => {
      const foreign = [
        { sellerScope: ANY },
        { sellerScope: { kind: 'tier', id: '资深' } },
        { sellerScope: { kind: 'store_type', id: 'franchise' } },
        { sellerScope: { kind: 'store', id: shop.store.id } },
        { sellerScope: { kind: 'guide', id: shop.guide.guideId } },
      ];
      for (const scope of foreign) await refused(free, { ...scope, guideBps: 600 }, 403, ProblemType.Forbidden);
      for (const more of [{ isLocked: true }, { bandMinBps: 1, bandMaxBps: 2 }, { poolBps: 5_000 }]) {
        await refused(free, { ...theirStore(), guideBps: 600, ...more }, 403, ProblemType.Forbidden);
      }
      const hqs = await published(shop.hqToken, {
        ...theirStore(),
        ...RATE,
        effectiveFrom: (await shop.now()) + DAY_MS,
      });
      expectProblem(
        await call(free, 'POST', `/commission-rules/${hqs.id}/end`, { reason: '试' }),
        403,
        ProblemType.Forbidden,
      );
      const own = await published(free, { sellerScope: { kind: 'guide', id: partner.guideId }, guideBps: 620 });
      expectProblem(
        await call(direct, 'POST', `/commission-rules/${own.id}/end`, { reason: '试' }),
        403,
        ProblemType.Forbidden,
      );
      expect((await call(free, 'POST', `/commission-rules/${own.id}/end`, { reason: '试' })).status).toBe(201);
    });

    it('R4.3: sees the rules, drafts and lines that concern her store, and no others', async () => {
      const own = await published(free, { sellerScope: { kind: 'guide', id: partner.guideId }, guideBps: 630 });
      const listed = async (token: string) => {
        const { items } = (await call(token, 'GET', '/commission-rules?limit=100')).body as Page<CommissionRule>;
        return items.map(({ id }) => id);
      };
      expect([(await listed(free)).includes(own.id), (await listed(direct)).includes(own.id)]).toEqual([true, false]);
      expectProblem(await call(direct, 'GET', `/commission-rules/${own.id}`), 404, ProblemType.NotFound);
      const lookup = `/commission-rules/resolve?skuId=${shop.skus.SHIRT}&guideId=`;
      expect((await call(direct, 'GET', lookup + shop.guide.guideId)).status).toBe(200);
      expectProblem(await call(direct, 'GET', lookup + partner.guideId), 404, ProblemType.NotFound);

      for (const guide of [shop.guide, partner]) {
        await shop.buy(await shop.newCustomer({ through: guide.code }), { SHIRT: 1 });
      }
      await shop.mall.settle();
      const body = { productScope: ANY, ...theirStore(), guideBps: 640, reason: '测试' };
      const draft = (await call(free, 'POST', '/commission-rule-drafts', body)).body as RateDraft;
      const path = `/commission-rule-drafts/${draft.id}`;
      const run = (await call(free, 'POST', `${path}/preview`)).body as DryRun;
      expect(run.byStore.map(({ id }) => id)).toEqual([franchise.id]);
      expect(run.byGuide.map(({ id, name }) => [id, name])).toEqual([[partner.guideId, '方圆']]);
      expectProblem(await call(direct, 'GET', path), 404, ProblemType.NotFound);
      const drafts = (await call(direct, 'GET', '/commission-rule-drafts')).body as Page<RateDraft>;
      expect(drafts.items).toEqual([]);
      expect((await call(free, 'DELETE', path)).status).toBe(204);
    });

    it('R4.3: only an owner goes under the margin floor, with a reason', async () => {
      await shop.execute('UPDATE skus SET costFen = ? WHERE id = ?', [9_500, shop.skus.SCARF]);
      const body = { productScope: { kind: 'sku', id: shop.skus.SCARF }, sellerScope: ANY, guideBps: 501 };
      const reasoned = { ...body, overrideMarginReason: '冲量' };
      for (const [token, each] of [
        [operator, body],
        [operator, reasoned],
        [shop.hqToken, body],
      ] as const) {
        expect(await refused(token, each, 422, ProblemType.MarginBreach)).toMatchObject({ breaches: 1 });
      }
      await published(operator, { ...body, guideBps: 500 });
      await published(shop.hqToken, reasoned);
    });
  });
});
