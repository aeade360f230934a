import { decideOrder } from './decide-order.js';
import { type AttributionEvidence, readEvidence } from './domain/attribution-evidence.js';
import { candidatesOf } from './domain/candidates-of.js';
import { binding, buyer, DAY, evidence, guide, ORDERED_AT, SETTINGS, touch } from './evidence-for-tests.js';

const decide = (over: Partial<AttributionEvidence>) => decideOrder(evidence(over));
const reasons = (over: Partial<AttributionEvidence>) =>
  Object.fromEntries(decide(over).losers.map(({ id, reason }) => [id, reason]));

describe('attribution (R3)', () => {
  it('R3.2a: gives a protected binding the order over a newer touch', () => {
    const decision = decide({ binding: binding('A', 90 * DAY), touches: [touch('t1', 'B', 99 * DAY)] });
    expect(decision).toMatchObject({ branch: 'a', guideId: 'A', bindingId: 'bnd_A', touchId: null, assists: ['B'] });
    expect(decision.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'B', reason: 'outranked' }]);
    expect(decision.sentence).toBe('由专属导购导购A（门店store_A）服务：下单时在绑定保护期内');
  });

  it('C2, R1.4: protection ends at 12:00:00.000 sharp: B’s touch of 11:59 wins an order of that very instant', () => {
    const noon = 85 * DAY + 12 * 3_600_000;
    const bound = binding('A', noon - 15 * DAY);
    expect(bound.window.protectedUntil).toBe(noon);
    const touches = [touch('t1', 'B', noon - 60_000)];
    expect(decide({ orderedAt: noon, binding: bound, touches })).toMatchObject({
      branch: 'c',
      guideId: 'B',
      touchId: 't1',
      losers: [{ kind: 'binding', id: 'bnd_A', guideId: 'A', reason: 'outranked' }],
    });
    expect(decide({ orderedAt: noon - 1, binding: bound, touches })).toMatchObject({ branch: 'a', guideId: 'A' });
  });

  it('R2.3, R3.4: draws the protection from the raw windows and orders, not from a stored conclusion', () => {
    const bound = { ...binding('A', 80 * DAY), orders: [] };
    const touches = [touch('t1', 'B', 99 * DAY)];
    expect(decide({ binding: bound, touches }).branch).toBe('c');
    const held = { orderId: 'o1', orderedAt: 94 * DAY, paidAt: 94 * DAY, endedAt: null };
    expect(decide({ binding: { ...bound, orders: [held] }, touches })).toMatchObject({ branch: 'a', guideId: 'A' });
    const ended = { ...held, endedAt: ORDERED_AT };
    expect(decide({ binding: { ...bound, orders: [ended] }, touches }).branch).toBe('c');
    const late = { ...held, orderedAt: 95 * DAY, paidAt: 95 * DAY };
    expect(decide({ binding: { ...bound, orders: [late] }, touches }).branch).toBe('c');
  });

  it('R3.2d: falls back to a valid binding after protection when no touch is left in the window', () => {
    const bound = binding('A', 50 * DAY);
    const decision = decide({ binding: bound, touches: [touch('t1', 'B', 92 * DAY)] });
    expect(decision).toMatchObject({ branch: 'd', guideId: 'A', assists: [] });
    expect(decision.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'B', reason: 'touch_outside_window' }]);
    expect(decide({ binding: binding('A', 10 * DAY) }).branch).toBe('f');
    expect(decide({ binding: binding('A', 10 * DAY + 1) }).branch).toBe('d');
  });

  it('R3.2c, R3.5, R3.6: takes the last touch of several, whatever their order, the others are assists', () => {
    const touches = [touch('t1', 'A', 96 * DAY), touch('t2', 'B', 99 * DAY), touch('t3', 'C', 97 * DAY)];
    const decision = decide({ touches });
    expect(decision).toMatchObject({ branch: 'c', guideId: 'B', touchId: 't2', assists: ['A', 'C'] });
    expect(decide({ touches: [...touches].reverse() })).toEqual(decision);
    const equal = [touch('t1', 'A', 99 * DAY), touch('t2', 'B', 99 * DAY)];
    expect(decide({ touches: equal }).touchId).toBe('t2');
  });

  it('R1.4, R3.2c: ends the touch window at its very instant, and takes no touch after the order (R3.3)', () => {
    const at = (time: number) => decide({ touches: [touch('t1', 'B', time)] });
    expect(at(93 * DAY).losers[0]?.reason).toBe('touch_outside_window');
    expect(at(93 * DAY + 1).branch).toBe('c');
    expect(at(ORDERED_AT).branch).toBe('c');
    expect(at(ORDERED_AT + 1).losers[0]?.reason).toBe('touch_after_order');
  });

  it('C18, R3.2b: a coupon of B wins line 1 alone; line 2 is A’s by her unprotected binding, or C’s by her touch', () => {
    const coupons = [{ couponId: 'cpn_1', guideId: 'B', lines: [0] }];
    const bound = binding('A', 50 * DAY);
    const byBinding = decide({ binding: bound, coupons });
    expect(byBinding).toMatchObject({ branch: 'd', guideId: 'A', bindingId: 'bnd_A', losers: [] });
    expect(byBinding.lines).toEqual([
      { guideId: 'B', storeId: 'store_B' },
      { guideId: 'A', storeId: 'store_A' },
    ]);
    const byTouch = decide({ binding: bound, coupons, touches: [touch('t1', 'C', 99 * DAY)] });
    expect(byTouch).toMatchObject({ branch: 'c', guideId: 'C' });
    expect(byTouch.lines.map(({ guideId }) => guideId)).toEqual(['B', 'C']);
    const inside = decide({ binding: binding('A', 90 * DAY), coupons });
    expect(inside.lines.map(({ guideId }) => guideId)).toEqual(['A', 'A']);
    expect(inside.losers).toEqual([{ kind: 'coupon', id: 'cpn_1', guideId: 'B', reason: 'outranked' }]);
    const every = decide({ binding: bound, coupons: [{ couponId: 'cpn_1', guideId: 'B', lines: [0, 1] }] });
    expect(every).toMatchObject({ branch: 'b', guideId: 'B', bindingId: null });
    expect(every.losers).toEqual([{ kind: 'binding', id: 'bnd_A', guideId: 'A', reason: 'outranked' }]);
  });

  it('R3.2b: of two guides’ coupons each line has one payee, and a coupon without a line says why it lost', () => {
    const coupons = [
      { couponId: 'cpn_2', guideId: 'C', lines: [0] },
      { couponId: 'cpn_1', guideId: 'B', lines: [0] },
      { couponId: 'cpn_3', guideId: 'A', lines: [] },
    ];
    const decision = decide({ coupons });
    expect(decision.lines.map(({ guideId }) => guideId)).toEqual(['C', null]);
    expect(decision.losers.map(({ id, reason }) => [id, reason])).toEqual([
      ['cpn_1', 'outranked'],
      ['cpn_3', 'no_line'],
    ]);
  });

  it('C26: forged code, revoked link, own link, suspended guide’s link, expired binding: (e) or (f), each with its reason', () => {
    const over = {
      guides: [guide('A'), guide('S', 'suspended')],
      binding: binding('A', 1 * DAY),
      touches: [
        touch('t1', null, 99 * DAY, 'unknown'),
        touch('t2', 'A', 99 * DAY, 'revoked'),
        touch('t3', 'A', 99 * DAY, 'own'),
        touch('t4', 'S', 99 * DAY),
      ],
    };
    const lost = {
      bnd_A: 'binding_expired',
      t1: 'link_unknown',
      t2: 'link_revoked',
      t3: 'self_purchase',
      t4: 'guide_suspended',
    };
    const home = { id: 'store_A', name: '门店A', type: 'direct' };
    const atHome = decide({ ...over, homeStore: home });
    expect(atHome).toMatchObject({ branch: 'e', guideId: null, storeId: 'store_A', assists: [] });
    expect(atHome.lines).toEqual([
      { guideId: null, storeId: 'store_A' },
      { guideId: null, storeId: 'store_A' },
    ]);
    expect(reasons({ ...over, homeStore: home })).toEqual(lost);
    expect(decide(over)).toMatchObject({ branch: 'f', guideId: null, storeId: null });
    expect(reasons(over)).toEqual(lost);
  });

  it('R3.3: nobody wins who had left at the order; who left a moment later does', () => {
    const left = (at: number) => ({
      ...guide('B'),
      statusChanges: [
        { status: 'active' as const, at: 1 },
        { status: 'left' as const, at },
      ],
    });
    const touches = [touch('t1', 'B', 99 * DAY)];
    expect(decide({ guides: [left(ORDERED_AT)], touches }).losers[0]?.reason).toBe('guide_left');
    expect(decide({ guides: [left(ORDERED_AT + 1)], touches }).guideId).toBe('B');
    expect(decide({ guides: [], touches }).losers[0]?.reason).toBe('guide_unknown');
  });

  it('C22, R3.3: H, bound to G before she became a guide, orders through K’s card: inside protection G, after it nobody', () => {
    const guides = [guide('G'), guide('K'), guide('H')];
    const touches = [touch('t1', 'K', 99 * DAY)];
    const bound = binding('G', 90 * DAY);
    const inside = decide({ guides, buyerGuide: buyer('H', 95 * DAY), binding: bound, touches });
    expect(inside).toMatchObject({ branch: 'a', guideId: 'G' });
    expect(inside.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'K', reason: 'buyer_is_guide' }]);
    const after = { guides, buyerGuide: buyer('H', 65 * DAY), binding: binding('G', 60 * DAY), touches };
    expect(decide(after)).toMatchObject({ branch: 'f', guideId: null });
    expect(reasons(after)).toEqual({ bnd_G: 'buyer_is_guide', t1: 'buyer_is_guide' });
    const younger = { guides, buyerGuide: buyer('H', 89 * DAY), binding: bound, touches };
    expect(decide(younger).guideId).toBeNull();
    const gone = { ...buyer('H', 65 * DAY), id: 'H', registeredAt: 65 * DAY };
    const statusChanges = [{ status: 'left' as const, at: 99 * DAY }];
    expect(decide({ ...after, buyerGuide: { ...gone, statusChanges } }).guideId).toBe('K');
  });

  it('leaves an order without facts to HQ (R3.2f)', () => {
    expect(decide({})).toMatchObject({ branch: 'f', guideId: null, storeId: null, losers: [] });
  });
});

describe('settings of attribution (R3.3, R3.4)', () => {
  const herself = { ...SETTINGS, selfPurchase: 'pays_herself' as const };
  const never = { ...SETTINGS, franchiseTakeover: 'never' as const };

  it('D14: by default a guide’s own link and coupon pay nobody; with self-purchase on they pay her, after (a)', () => {
    const own = {
      buyerGuide: buyer('A', 1 * DAY),
      touches: [touch('t1', 'A', 99 * DAY, 'own'), touch('t2', 'B', 98 * DAY)],
    };
    expect(decide(own).guideId).toBeNull();
    expect(reasons(own)).toEqual({ t1: 'self_purchase', t2: 'buyer_is_guide' });
    expect(decide({ ...own, settings: herself })).toMatchObject({
      branch: 'c',
      guideId: 'A',
      touchId: 't1',
      assists: [],
    });
    expect(reasons({ ...own, settings: herself })).toEqual({ t2: 'buyer_is_guide' });
    const coupons = [{ couponId: 'cpn_1', guideId: 'A', lines: [1] }];
    const byDefault = decide({ buyerGuide: buyer('A', 1 * DAY), coupons });
    expect(byDefault).toMatchObject({ guideId: null, losers: [{ id: 'cpn_1', reason: 'self_purchase' }] });
    expect(byDefault.lines.map(({ guideId }) => guideId)).toEqual([null, null]);
    const withCoupon = decide({ buyerGuide: buyer('A', 1 * DAY), coupons, settings: herself });
    expect(withCoupon.lines.map(({ guideId }) => guideId)).toEqual([null, 'A']);
    const older = { buyerGuide: buyer('A', 95 * DAY), binding: binding('B', 90 * DAY), touches: own.touches };
    expect(decide({ ...older, settings: herself })).toMatchObject({ branch: 'a', guideId: 'B' });
    expect(
      decide({ buyerGuide: buyer('A', 1), binding: binding('A', 99 * DAY), settings: herself }).guideId,
    ).toBeNull();
  });

  it('D14: self-purchase on takes nothing from the guide of any other customer', () => {
    const facts = {
      binding: binding('B', 50 * DAY),
      touches: [touch('t1', 'A', 99 * DAY), touch('t2', 'C', 98 * DAY)],
    };
    expect(decide({ ...facts, settings: herself })).toEqual(decide(facts));
    const noGuide = { touches: [touch('t1', 'A', 99 * DAY, 'own')], settings: herself };
    expect(decide(noGuide).losers[0]?.reason).toBe('self_purchase');
  });

  it('R3.4: with takeover “never” a valid binding to a franchise store keeps other stores’ guides out, not its own', () => {
    const facts = {
      guides: [guide('A', 'active', 'f1'), guide('B'), guide('C', 'active', 'f1')],
      binding: { ...binding('A', 50 * DAY), storeId: 'f1' },
      homeStore: { id: 'f1', name: '加盟一店', type: 'franchise' },
      touches: [touch('t1', 'B', 99 * DAY)],
    };
    expect(decide(facts)).toMatchObject({ branch: 'c', guideId: 'B' });
    const kept = decide({ ...facts, settings: never });
    expect(kept).toMatchObject({ branch: 'd', guideId: 'A', assists: ['B'] });
    expect(kept.losers).toEqual([{ kind: 'touch', id: 't1', guideId: 'B', reason: 'other_store' }]);
    const colleague = [touch('t0', 'C', 98 * DAY), ...facts.touches];
    expect(decide({ ...facts, touches: colleague, settings: never })).toMatchObject({ branch: 'c', guideId: 'C' });
    const direct = { ...facts, homeStore: { ...facts.homeStore, type: 'direct' } };
    expect(decide({ ...direct, settings: never }).guideId).toBe('B');
    const expired = { ...facts, binding: { ...binding('A', 10 * DAY), storeId: 'f1' } };
    expect(decide({ ...expired, settings: never }).guideId).toBe('B');
    const coupons = [{ couponId: 'cpn_1', guideId: 'B', lines: [0] }];
    const lines = decide({ ...facts, coupons, settings: never }).lines.map(({ guideId }) => guideId);
    expect(lines).toEqual(['B', 'A']);
  });
});

describe('who had a hand in an order (R3.5)', () => {
  it('lists each guide once, with the reason nearest to winning, and says who assisted', () => {
    const decision = decide({
      binding: binding('A', 1 * DAY),
      touches: [touch('t1', 'B', 99 * DAY), touch('t2', 'C', 98 * DAY), touch('t3', 'C', 97 * DAY, 'revoked')],
      coupons: [{ couponId: 'cpn_1', guideId: 'D', lines: [0] }],
      guides: [guide('A'), guide('B'), guide('C'), guide('D')],
    });
    expect(candidatesOf(decision)).toEqual([
      { guideId: 'A', outcome: 'lost', reason: 'binding_expired', isAssist: 0 },
      { guideId: 'B', outcome: 'won', reason: null, isAssist: 0 },
      { guideId: 'C', outcome: 'lost', reason: 'older_touch', isAssist: 1 },
      { guideId: 'D', outcome: 'won', reason: null, isAssist: 0 },
    ]);
  });

  it('R3.5: takes no guide for an assistant who won a line, nor one who could not have won', () => {
    const touches = [touch('t1', 'A', 99 * DAY), touch('t2', 'B', 98 * DAY), touch('t3', 'S', 97 * DAY)];
    const guides = [guide('A'), guide('B'), guide('S', 'suspended')];
    expect(decide({ guides, touches }).assists).toEqual(['B']);
    const coupons = [{ couponId: 'cpn_1', guideId: 'B', lines: [0] }];
    expect(decide({ guides, touches, coupons }).assists).toEqual([]);
  });
});

describe('evidence of version 1', () => {
  it('R3.4: is still read, and decides as it did: the stored end of protection, states and window', () => {
    const stored = {
      orderedAt: ORDERED_AT,
      lineCount: 1,
      buyerGuide: null,
      binding: {
        id: 'bnd_A',
        guideId: 'A',
        storeId: 'store_A',
        since: 60 * DAY,
        protectedUntil: ORDERED_AT + 1,
        validUntil: 99 * DAY + ORDERED_AT,
      },
      homeStore: { id: 'store_A', name: '门店A' },
      touches: [touch('t1', 'B', 99 * DAY), touch('t2', 'S', 98 * DAY)],
      coupons: [],
      guides: [
        { id: 'A', name: '导购A', storeId: 'store_A', storeName: '门店A', status: 'active' },
        { id: 'B', name: '导购B', storeId: 'store_B', storeName: '门店B', status: 'active' },
        { id: 'S', name: '导购S', storeId: 'store_S', storeName: '门店S', status: 'suspended' },
      ],
      settings: { versionId: 'set_1', touchWindowMs: 7 * DAY },
    };
    const read = readEvidence(JSON.stringify(stored));
    const decision = decideOrder(read);
    expect(decision).toMatchObject({ branch: 'a', guideId: 'A', assists: ['B'] });
    expect(decision.losers.map(({ reason }) => reason)).toEqual(['outranked', 'guide_suspended']);
    const over = { ...stored, binding: { ...stored.binding, protectedUntil: ORDERED_AT } };
    expect(decideOrder(readEvidence(JSON.stringify(over)))).toMatchObject({ branch: 'c', guideId: 'B' });
    const asGuide = { ...over, buyerGuide: { id: 'H', registeredAt: 61 * DAY } };
    expect(decideOrder(readEvidence(JSON.stringify(asGuide)))).toMatchObject({ branch: 'e', storeId: 'store_A' });
  });
});
