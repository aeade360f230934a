import { CouponKind } from '@mall/shared/coupons';
import { type Bps, bps, type Fen, fen } from '@mall/shared/money';
import type { CouponLine, HeldCoupon } from './coupon-offer.js';
import { couponState } from './coupon-words.js';
import { priceWithCoupons } from './price-with-coupons.js';

const NOW = 1_790_000_000_000;

function line(skuId: string, goodsFen: number, over: Partial<CouponLine> = {}): CouponLine {
  return {
    skuId,
    productId: `p-${skuId}`,
    categoryId: 'shoes',
    categoryPath: ['all', 'shoes'],
    brandId: 'north',
    goodsFen: fen(goodsFen),
    ...over,
  };
}

function coupon(id: string, over: Partial<HeldCoupon> = {}): HeldCoupon {
  return {
    id,
    templateId: `t-${id}`,
    name: `券${id}`,
    kind: CouponKind.AmountOff,
    thresholdFen: fen(0),
    discountFen: fen(3_000),
    rateBps: null,
    capFen: null,
    scopeKind: 'any',
    scopeId: null,
    state: 'issued',
    startsAt: NOW - 1_000,
    expiresAt: NOW + 86_400_000,
    giftSkuId: null,
    giftQuantity: null,
    sourceGuideId: null,
    gift: null,
    ...over,
  };
}

const percent = (id: string, rate: number, capFen: Fen | null = null): HeldCoupon =>
  coupon(id, { kind: CouponKind.PercentOff, discountFen: null, rateBps: bps(rate) as Bps, capFen });
const freeFreight = (id: string, over: Partial<HeldCoupon> = {}): HeldCoupon =>
  coupon(id, { kind: CouponKind.FreeFreight, discountFen: null, ...over });

describe('pricing with coupons (R6.2)', () => {
  it('C5: a coupon of ¥30 over ¥199.00 and ¥59.90 takes 2306 and 694 fen, and nothing off the freight', () => {
    const priced = priceWithCoupons([coupon('a')], [line('x', 19_900), line('y', 5_990)], fen(1_200), NOW);
    expect(priced.perLineDiscountFen).toEqual([2_306, 694]);
    expect(priced.discounts).toEqual([
      { couponId: 'a', name: '券a', amountFen: 3_000, perLineFen: [2_306, 694], sourceGuideId: null },
    ]);
    expect(priced.freightFen).toBe(1_200);
    expect(priced.freightDiscountFen).toBe(0);
  });

  it('C13: a coupon of ¥50 on goods of ¥30 stops at ¥30, and the customer is told that ¥20 is lost', () => {
    const big = coupon('a', { discountFen: fen(5_000) });
    const priced = priceWithCoupons([big, freeFreight('f')], [line('x', 3_000)], fen(1_100), NOW);
    expect(priced.perLineDiscountFen).toEqual([3_000]);
    expect(priced.freightDiscountFen).toBe(1_100);
    expect(priced.appliedCouponIds).toEqual(['a', 'f']);
    expect(priced.coupons[0]).toMatchObject({ applied: true, givesFen: 3_000, reason: null });
    expect(priced.coupons[0]?.note).toBe('本单抵扣 ¥30.00，剩余 ¥20.00 不退不留');
    expect(priced.coupons[1]).not.toHaveProperty('note');
  });

  it('rounds a percentage down to the fen and stops at its cap (R1.1)', () => {
    const lines = [line('x', 9_999)];
    expect(priceWithCoupons([percent('a', 333)], lines, null, NOW).discounts[0]?.amountFen).toBe(332);
    expect(priceWithCoupons([percent('a', 333, fen(300))], lines, null, NOW).discounts[0]?.amountFen).toBe(300);
  });

  it('discounts only the lines in scope, and looks at them alone for the threshold', () => {
    const lines = [line('x', 8_000), line('y', 7_000, { brandId: 'south' }), line('z', 2_000)];
    const scoped = coupon('a', { scopeKind: 'brand', scopeId: 'north', thresholdFen: fen(10_000) });
    expect(priceWithCoupons([scoped], lines, null, NOW).perLineDiscountFen).toEqual([2_400, 0, 600]);
    const dearer = { ...scoped, thresholdFen: fen(10_001) };
    const priced = priceWithCoupons([dearer], lines, null, NOW);
    expect(priced.coupons[0]).toMatchObject({ applied: false, givesFen: 0, reason: '还差 ¥0.01 可用' });
  });

  it('takes a category coupon for what lies below the category too', () => {
    const below = coupon('a', { scopeKind: 'category', scopeId: 'all' });
    expect(priceWithCoupons([below], [line('x', 5_000)], null, NOW).discounts).toHaveLength(1);
    const beside = coupon('a', { scopeKind: 'category', scopeId: 'hats' });
    expect(priceWithCoupons([beside], [line('x', 5_000)], null, NOW).coupons[0]?.reason).toBe('所选商品不在适用范围内');
  });

  it('R1.4: is valid in [start, expiry): at the instant of expiry it is gone', () => {
    const lines = [line('x', 5_000)];
    const reasonAt = (at: number) => priceWithCoupons([coupon('a')], lines, null, at).coupons[0]?.reason;
    expect(reasonAt(NOW - 1_001)).toBe('还没到可用时间');
    expect(reasonAt(NOW - 1_000)).toBeNull();
    expect(reasonAt(NOW + 86_399_999)).toBeNull();
    expect(reasonAt(NOW + 86_400_000)).toBe('优惠券已过期');
  });

  it('says of a locked coupon where it is, and does not apply it', () => {
    const priced = priceWithCoupons([coupon('a', { state: 'locked' })], [line('x', 5_000)], null, NOW);
    expect(priced.coupons[0]).toMatchObject({ applied: false, givesFen: 0, reason: '已用于一笔待付款订单' });
  });

  it('asks for the address before it promises free freight, and keeps the coupon when freight is free anyway', () => {
    const lines = [line('x', 5_000)];
    const reasonWith = (freight: Fen | null) =>
      priceWithCoupons([freeFreight('f')], lines, freight, NOW).coupons[0]?.reason;
    expect(reasonWith(null)).toBe('填写收货地址后可抵扣运费');
    expect(reasonWith(fen(0))).toBe('本单已免运费');
    expect(reasonWith(fen(900))).toBeNull();
  });

  it('breaks a tie by the earlier expiry, then by id', () => {
    const late = coupon('a', { expiresAt: NOW + 9_000 });
    const soon = coupon('c', { expiresAt: NOW + 5_000 });
    const twin = coupon('b', { expiresAt: NOW + 5_000 });
    const priced = priceWithCoupons([late, soon, twin], [line('x', 5_000)], null, NOW);
    expect(priced.appliedCouponIds).toEqual(['b']);
    // The others would give as much: they may be chosen instead, so they carry no reason against them.
    expect(priced.coupons[0]).toMatchObject({ applied: false, givesFen: 3_000, reason: null });
  });

  it('spends one coupon rather than two for the same price, though one of the two expires first', () => {
    const one = coupon('a', { expiresAt: NOW + 9_000 });
    const more = coupon('b', { discountFen: fen(4_000), expiresAt: NOW + 5_000 });
    const freight = (payable: Fen): Fen => fen(payable >= 7_000 ? 0 : 1_500);
    // 7,000 without freight, or 6,000 + 1,500 − 500.
    const priced = priceWithCoupons(
      [one, more, freeFreight('f', { capFen: fen(500) })],
      [line('x', 10_000)],
      freight,
      NOW,
    );
    expect(priced.appliedCouponIds).toEqual(['a']);
  });

  it('uses no coupon that would cost more freight than it gives', () => {
    const freight = (payable: Fen): Fen => fen(payable >= 9_900 ? 0 : 1_200);
    const small = coupon('a', { discountFen: fen(500) });
    expect(priceWithCoupons([small], [line('x', 10_000)], freight, NOW).appliedCouponIds).toEqual([]);
    expect(priceWithCoupons([coupon('b')], [line('x', 10_000)], freight, NOW).appliedCouponIds).toEqual(['b']);
  });
});

describe('chosen coupons (R6.2)', () => {
  const lines = [line('x', 20_000)];
  const mine = [coupon('a'), coupon('b', { discountFen: fen(1_000) }), freeFreight('f')];

  it('applies exactly what she chose, though another gives more', () => {
    const priced = priceWithCoupons(mine, lines, fen(800), NOW, ['b']);
    expect(priced.appliedCouponIds).toEqual(['b']);
    expect(priced.discounts[0]?.amountFen).toBe(1_000);
    expect(priced.freightDiscountFen).toBe(0);
    expect(priced).not.toHaveProperty('refused');
  });

  it('applies none when she chose none', () => {
    expect(priceWithCoupons(mine, lines, fen(800), NOW, []).appliedCouponIds).toEqual([]);
  });

  it('refuses a second goods coupon and names the first', () => {
    const priced = priceWithCoupons(mine, lines, fen(800), NOW, ['f', 'b', 'a', 'b']);
    expect(priced.appliedCouponIds).toEqual(['b', 'f']);
    expect(priced.refused).toEqual({ couponId: 'a', reason: '不能与「券b」同时使用' });
  });

  it('refuses a coupon that she does not hold or that does not apply', () => {
    expect(priceWithCoupons(mine, lines, null, NOW, ['zz']).refused?.couponId).toBe('zz');
    const dear = coupon('d', { thresholdFen: fen(20_001) });
    expect(priceWithCoupons([dear], lines, null, NOW, ['d']).refused).toEqual({
      couponId: 'd',
      reason: '还差 ¥0.01 可用',
    });
  });
});

describe('state of a coupon (R6.1)', () => {
  it('computes expiry, and only for a coupon that is free', () => {
    expect(couponState('issued', NOW, NOW)).toBe('expired');
    expect(couponState('issued', NOW + 1, NOW)).toBe('issued');
    expect(couponState('locked', NOW - 1, NOW)).toBe('locked');
    expect(couponState('redeemed', NOW - 1, NOW)).toBe('redeemed');
  });
});
