import type { Store } from '@mall/shared/guides';
import type { CommissionRule, CommissionRuleResolution } from '@mall/shared/hq';
import { ProblemType } from '@mall/shared/problems';
import { expectProblem, type RawAnswer, send } from './support/e2e-http.js';
import { type GuidePerson, Shop, type SkuCode } from './support/e2e-shop.js';
import { ENGINES } from './support/test-database.js';

const PASSWORD = 'a long enough password';
const ANY = { kind: 'any' };
const HOUR_MS = 3_600_000;

describe.each(ENGINES)('what HQ keeps for itself, and the margin floor [%s]', (engine) => {
  let shop: Shop;
  let franchise: Store;
  let partner: GuidePerson;
  /** Tokens of the direct store's and the franchise store's managers, and of an operator. */
  let direct: string;
  let free: string;
  let operator: string;

  const call = (token: string, method: string, path: string, body?: unknown): Promise<RawAnswer> =>
    send(shop.mall.apiUrl, method, `/api/hq${path}`, { token, body });
  const hired = async (username: string, role: string, storeId?: string): Promise<string> => {
    await call(shop.hqToken, 'POST', '/users', { username, role, storeId, password: PASSWORD });
    const { body } = await call('', 'POST', '/sessions', { username, password: PASSWORD });
    return (body as { token: string }).token;
  };
  const publish = (token: string, body: object): Promise<RawAnswer> =>
    call(token, 'POST', '/commission-rules', { productScope: ANY, sellerScope: ANY, reason: '测试', ...body });
  const published = async (token: string, body: object): Promise<CommissionRule> => {
    const answer = await publish(token, body);
    expect({ status: answer.status, text: answer.text }).toMatchObject({ status: 201 });
    return answer.body as CommissionRule;
  };
  const forSku = (code: SkuCode) => ({ productScope: { kind: 'sku', id: shop.skus[code] } });
  const theirs = () => ({ sellerScope: { kind: 'store', id: franchise.id } });
  const lookUp = (code: SkuCode, guideId: string, at?: number): Promise<CommissionRuleResolution> => {
    const when = at === undefined ? '' : `&at=${at}`;
    return shop.hqGet(`/api/hq/commission-rules/resolve?skuId=${shop.skus[code]}&guideId=${guideId}${when}`);
  };
  /** Who is paid what, and why the store's rule is not it. */
  const held = async (code: SkuCode, guideId: string, mine: CommissionRule) => {
    const { rule, losers } = await lookUp(code, guideId);
    return [rule?.id, losers.find((loser) => loser.rule.id === mine.id)?.reason];
  };
  const newGuideOf = async (store: Store, name: string): Promise<GuidePerson> => {
    const home = shop.store;
    shop.store = store;
    const guide = await shop.newGuide(name);
    shop.store = home;
    return guide;
  };

  beforeAll(async () => {
    shop = await Shop.open(engine);
    const store = { code: 'E2E-2', name: '加盟店', type: 'franchise', province: '江苏省', city: '苏州市' };
    franchise = await shop.hq<Store>('/api/hq/stores', store);
    partner = await newGuideOf(franchise, '方圆');
    direct = await hired('lin.jing', 'store_manager', shop.store.id);
    free = await hired('fang', 'store_manager', franchise.id);
    operator = await hired('op-1', 'operator');
  });
  afterAll(() => shop.close());
  afterEach(() => shop.mall.settle());

  describe('R4.3: a store’s rate does not hold', () => {
    it('once a lock begins that HQ had scheduled, nor under one published after it', async () => {
      const from = (await shop.now()) + HOUR_MS;
      const lock = await published(shop.hqToken, {
        ...forSku('SHIRT'),
        guideBps: 500,
        isLocked: true,
        effectiveFrom: from,
      });
      const mine = await published(free, { ...forSku('SHIRT'), ...theirs(), guideBps: 3_000 });
      expect((await lookUp('SHIRT', partner.guideId)).rule?.id).toBe(mine.id);
      await shop.advance({ hours: 2 });
      expect(await held('SHIRT', partner.guideId, mine)).toEqual([lock.id, 'locked']);
      const { losers } = await lookUp('SHIRT', partner.guideId);
      expect(losers.find(({ rule }) => rule.id === mine.id)?.sentence).toContain('已锁定');
      const order = await shop.buy(await shop.newCustomer({ through: partner.code }), { SHIRT: 1 });
      expect(await shop.guideFen(order.id)).toBe(995);

      const early = await published(free, { ...forSku('SOCKS'), ...theirs(), guideBps: 3_000 });
      const late = await published(shop.hqToken, { ...forSku('SOCKS'), guideBps: 300, isLocked: true });
      expect(await held('SOCKS', partner.guideId, early)).toEqual([late.id, 'locked']);
    });

    it('beyond the open HQ campaign in which it was dated', async () => {
      const base = await published(shop.hqToken, { ...forSku('BAG'), guideBps: 500, isLocked: true });
      const now = await shop.now();
      const window = { effectiveFrom: now + 60_000, effectiveTo: now + 120_000 };
      await published(shop.hqToken, { ...forSku('BAG'), guideBps: 600, ...window });
      const mine = await published(free, {
        ...forSku('BAG'),
        ...theirs(),
        guideBps: 4_000,
        effectiveFrom: now + 90_000,
      });
      expect((await lookUp('BAG', partner.guideId, now + 100_000)).rule?.id).toBe(mine.id);
      await shop.advance({ hours: 1 });
      expect(await held('BAG', partner.guideId, mine)).toEqual([base.id, 'locked']);
    });

    it('under a lock on the guide’s tier or on herself', async () => {
      const guide = await newGuideOf(franchise, '金铃');
      await call(shop.hqToken, 'POST', `/guides/${guide.guideId}/tier`, { tier: '金牌', reason: '晋级' });
      const mine = await published(free, { ...forSku('SCARF'), ...theirs(), guideBps: 3_500 });
      const tier = await published(shop.hqToken, {
        sellerScope: { kind: 'tier', id: '金牌' },
        guideBps: 500,
        isLocked: true,
      });
      expect(await held('SCARF', guide.guideId, mine)).toEqual([tier.id, 'locked']);
      const her = { sellerScope: { kind: 'guide', id: guide.guideId }, guideBps: 400, isLocked: true };
      const own = await published(shop.hqToken, her);
      expect(await held('SCARF', guide.guideId, mine)).toEqual([own.id, 'locked']);
      // Nobody locked it for the others of the store.
      expect((await lookUp('SCARF', partner.guideId)).rule?.id).toBe(mine.id);
    });

    it('of a direct store once HQ narrows its band or takes it away; what it replaced does not come back', async () => {
      const own = { sellerScope: { kind: 'store', id: shop.store.id } };
      await published(shop.hqToken, { ...forSku('RARE'), guideBps: 500, bandMinBps: 400, bandMaxBps: 900 });
      const low = await published(direct, { ...forSku('RARE'), ...own, guideBps: 450 });
      const high = await published(direct, { ...forSku('RARE'), ...own, guideBps: 900 });
      expect((await lookUp('RARE', shop.guide.guideId)).rule?.id).toBe(high.id);
      const narrow = { ...forSku('RARE'), guideBps: 510, bandMinBps: 400, bandMaxBps: 600 };
      const narrowed = await published(shop.hqToken, narrow);
      expect(await held('RARE', shop.guide.guideId, high)).toEqual([narrowed.id, 'outside_band']);
      expect(await held('RARE', shop.guide.guideId, low)).toEqual([narrowed.id, 'newer']);
      const none = await published(shop.hqToken, { ...forSku('RARE'), guideBps: 520 });
      expect(await held('RARE', shop.guide.guideId, high)).toEqual([none.id, 'no_band']);
    });

    it('for a guide who has gone to another store', async () => {
      const guide = await newGuideOf(franchise, '走动');
      const her = { sellerScope: { kind: 'guide', id: guide.guideId } };
      const mine = await published(free, { ...forSku('SOLDOUT'), ...her, guideBps: 2_500 });
      expect((await lookUp('SOLDOUT', guide.guideId)).rule?.id).toBe(mine.id);
      const there = { storeId: shop.store.id, reason: '调店' };
      await call(shop.hqToken, 'POST', `/guides/${guide.guideId}/transfer-store`, there);
      const [won, reason] = await held('SOLDOUT', guide.guideId, mine);
      expect([won === mine.id, reason]).toEqual([false, 'other_store']);
    });
  });

  it('R4.3: a rate under the floor cannot hide behind a campaign that wins when it takes effect', async () => {
    await shop.execute('UPDATE skus SET costFen = priceFen * 80 / 100 WHERE code = ?', ['RARE']);
    const now = await shop.now();
    const window = { effectiveFrom: now + 60_000, effectiveTo: now + 60_002 };
    await published(operator, { ...forSku('RARE'), guideBps: 100, ...window });
    const hidden = { guideBps: 5_000, effectiveFrom: now + 60_001 };
    expectProblem(await publish(operator, { ...forSku('RARE'), ...hidden }), 422, ProblemType.MarginBreach);
  });
});
