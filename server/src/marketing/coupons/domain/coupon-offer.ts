/** R6.1, R6.2, R6.6: what one coupon gives on a basket and, when nothing, why. C13: it stops at the goods' amount. */
import { CouponKind } from '@mall/shared/coupons';
import { addFen, type Bps, type Fen, fen, formatYuan, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { allocateDiscount } from '../../../platform/money/allocate.js';
import { shareOf } from '../../../platform/money/rate.js';

export const CouponScopeKind = { Any: 'any', Brand: 'brand', Category: 'category', Product: 'product' } as const;
export type CouponScopeKind = (typeof CouponScopeKind)[keyof typeof CouponScopeKind];

/** A basket line as coupons see it. */
export interface CouponLine {
  skuId: string;
  productId: string;
  categoryId: string | null;
  /** Ids from the root category down to the product's own, so that a coupon for a parent covers its children. */
  categoryPath: string[];
  brandId: string;
  /** Unit price × quantity, before any discount. */
  goodsFen: Fen;
}

/** What a template promises; it never changes once issued. */
export interface CouponTerms {
  kind: CouponKind;
  thresholdFen: Fen;
  /** amount_off only. */
  discountFen: Fen | null;
  /** percent_off only: the part taken off, 1500 = 15% off. */
  rateBps: Bps | null;
  /** percent_off and free_freight: the most it takes off; null: no cap. */
  capFen: Fen | null;
  scopeKind: CouponScopeKind;
  /** Null for scope `any`. */
  scopeId: string | null;
  /** gift only. */
  giftSkuId: string | null;
  giftQuantity: number | null;
}

/** A gift as it lies on the shelf while an order is priced. */
export interface GiftGoods {
  skuId: string;
  title: string;
  quantity: number;
  /** What these pieces cost who buys them. */
  valueFen: Fen;
  /** Why they cannot be given, in the customer's words; null when they can. */
  lacks: string | null;
}

/** A member's coupon with its terms. Valid in [startsAt, expiresAt). */
export interface HeldCoupon extends CouponTerms {
  id: string;
  templateId: string;
  name: string;
  /** As stored: `issued` or `locked`; expiry is computed. */
  state: string;
  startsAt: number;
  expiresAt: number;
  /** The guide whose sale earned her this coupon: a candidate of R3.2b. */
  sourceGuideId: string | null;
  /** Set for a gift coupon once somebody has looked at the shelf; null before, and for every other kind. */
  gift: GiftGoods | null;
}

export interface CouponOffer {
  /** What it takes off the goods or the freight; 0 when it does not apply. */
  givesFen: Fen;
  /** Parts of a goods discount, one for each line in order; zeros for a freight coupon. */
  perLineFen: Fen[];
  /** What is left of a fixed amount when the goods cost less: lost, and said (R6.2). */
  lostFen: Fen;
  /** What a gift coupon adds; null for every other kind and when it does not apply. */
  gift: GiftGoods | null;
  /** Why it gives nothing, in the customer's words; null when it applies. */
  reason: string | null;
}

export const isFreightCoupon = (coupon: CouponTerms): boolean => coupon.kind === CouponKind.FreeFreight;

function covers(terms: CouponTerms, line: CouponLine): boolean {
  switch (terms.scopeKind) {
    case CouponScopeKind.Any:
      return true;
    case CouponScopeKind.Brand:
      return line.brandId === terms.scopeId;
    case CouponScopeKind.Product:
      return line.productId === terms.scopeId;
    case CouponScopeKind.Category:
      return terms.scopeId !== null && (line.categoryId === terms.scopeId || line.categoryPath.includes(terms.scopeId));
  }
}

function reasonOfState(coupon: HeldCoupon, at: number): string | null {
  if (coupon.state === 'locked') return '已用于一笔待付款订单';
  if (coupon.state !== 'issued') return '优惠券已使用或已失效';
  if (at < coupon.startsAt) return '还没到可用时间';
  if (at >= coupon.expiresAt) return '优惠券已过期';
  return null;
}

/** What the goods in scope cost before any discount: what a threshold looks at. */
function scopedGoods(terms: CouponTerms, lines: readonly CouponLine[]): Fen {
  return addFen(...lines.map((line) => (covers(terms, line) ? line.goodsFen : ZERO_FEN)));
}

/** R6.6: whether these goods still reach the coupon's threshold. */
export function reachesThreshold(terms: CouponTerms, lines: readonly CouponLine[]): boolean {
  return scopedGoods(terms, lines) >= terms.thresholdFen;
}

/** Fixed amounts as they are, percentages rounded down to the fen (R1.3's direction), before the goods' limit. */
function goodsDiscount(terms: CouponTerms, scopedFen: Fen): Fen {
  if (terms.kind === CouponKind.AmountOff) return terms.discountFen ?? ZERO_FEN;
  const share = terms.rateBps === null ? ZERO_FEN : shareOf(scopedFen, terms.rateBps);
  return terms.capFen === null ? share : fen(Math.min(share, terms.capFen));
}

/**
 * R6.2: what `coupon` gives on `lines` at `at`. The threshold looks at the goods in scope before any discount, so
 * that a goods coupon and a freight coupon never switch each other off.
 *
 * @param freightFen what a freight coupon may take off; null: unknown, and a freight coupon does not apply yet
 * @param at business clock, epoch ms
 */
export function couponOffer(
  coupon: HeldCoupon,
  lines: readonly CouponLine[],
  freightFen: Fen | null,
  at: number,
): CouponOffer {
  const nothing = (reason: string | null): CouponOffer => ({
    givesFen: ZERO_FEN,
    perLineFen: lines.map(() => ZERO_FEN),
    lostFen: ZERO_FEN,
    gift: null,
    reason,
  });
  const stateReason = reasonOfState(coupon, at);
  if (stateReason !== null) return nothing(stateReason);
  const scopedFen = scopedGoods(coupon, lines);
  if (!lines.some((line) => covers(coupon, line))) return nothing('所选商品不在适用范围内');
  if (scopedFen < coupon.thresholdFen) {
    return nothing(`还差 ¥${formatYuan(subtractFen(coupon.thresholdFen, scopedFen))} 可用`);
  }
  if (isFreightCoupon(coupon)) {
    if (freightFen === null) return nothing('填写收货地址后可抵扣运费');
    if (freightFen === 0) return nothing('本单已免运费');
    return { ...nothing(null), givesFen: fen(Math.min(freightFen, coupon.capFen ?? freightFen)) };
  }
  if (coupon.kind === CouponKind.Gift) {
    if (coupon.gift === null) return nothing('赠品暂时无法领取');
    return coupon.gift.lacks === null ? { ...nothing(null), gift: coupon.gift } : nothing(coupon.gift.lacks);
  }
  const wantedFen = goodsDiscount(coupon, scopedFen);
  const givesFen = fen(Math.min(wantedFen, scopedFen));
  if (givesFen === 0) return nothing('本单金额太小，抵扣不到 1 分');
  const weights = lines.map((line) => (covers(coupon, line) ? line.goodsFen : ZERO_FEN));
  const perLineFen = allocateDiscount(givesFen, weights);
  return { givesFen, perLineFen, lostFen: subtractFen(wantedFen, givesFen), gift: null, reason: null };
}
