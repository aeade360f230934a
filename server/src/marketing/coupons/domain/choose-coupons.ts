/**
 * R6.2: the best legal set of coupons. Legal: at most one goods coupon (they are exclusive) and one freight coupon. A
 * gift coupon is a goods coupon that is worth no money: it is used where it displaces none, the dearest gift first.
 */
import { addFen, type Fen, subtractFen, ZERO_FEN } from '@mall/shared/money';
import { type CouponLine, type CouponOffer, couponOffer, type HeldCoupon, isFreightCoupon } from './coupon-offer.js';

/**
 * Freight for goods that cost this much after discounts. A rule such as "free from ¥99" makes freight depend on the
 * discount: a coupon that pushes the goods under ¥99 can cost more than it gives, so the choice has to see it.
 * Null: the address is not known.
 */
export type FreightOf = (payableGoodsFen: Fen) => Fen | null;
/** A fixed amount, null for unknown, or a rule. */
export type Freight = Fen | null | FreightOf;

export interface AppliedCoupon {
  coupon: HeldCoupon;
  offer: CouponOffer;
}

/** A legal set on a basket, and what is to be paid with it. */
export interface CouponSet {
  goods: AppliedCoupon | null;
  freight: AppliedCoupon | null;
  /** Before the freight coupon; null when the address is not known. */
  freightFen: Fen | null;
  /** Goods − discount + freight − freight discount; unknown freight counts as 0. */
  payableFen: Fen;
}

export const freightRule = (freight: Freight): FreightOf => (typeof freight === 'function' ? freight : () => freight);

/** Adds up one set. The freight coupon sees the freight that the goods coupon leaves. Null: a coupon does not apply. */
export function settleSet(
  lines: readonly CouponLine[],
  freight: Freight,
  goods: AppliedCoupon | null,
  freightCoupon: HeldCoupon | null,
  at: number,
): CouponSet | null {
  const goodsFen = addFen(...lines.map((line) => line.goodsFen));
  const payableGoodsFen = subtractFen(goodsFen, goods?.offer.givesFen ?? ZERO_FEN);
  const freightFen = freightRule(freight)(payableGoodsFen);
  const offer = freightCoupon === null ? null : couponOffer(freightCoupon, lines, freightFen, at);
  if (offer !== null && offer.reason !== null) return null;
  const shippingFen = subtractFen(freightFen ?? ZERO_FEN, offer?.givesFen ?? ZERO_FEN);
  return {
    goods,
    freight: freightCoupon !== null && offer !== null ? { coupon: freightCoupon, offer } : null,
    freightFen,
    payableFen: addFen(payableGoodsFen, shippingFen),
  };
}

/** Using a coupon comes after using none: one that changes nothing is better kept. Then earliest expiry, then id. */
function compareUse(a: AppliedCoupon | null, b: AppliedCoupon | null): number {
  if (a === null || b === null) return (a === null ? 0 : 1) - (b === null ? 0 : 1);
  if (a.coupon.expiresAt !== b.coupon.expiresAt) return a.coupon.expiresAt - b.coupon.expiresAt;
  return a.coupon.id < b.coupon.id ? -1 : a.coupon.id > b.coupon.id ? 1 : 0;
}

/**
 * Negative when `a` is the better set: less to pay, then the dearer gift, then fewer coupons spent, then those that
 * expire first, then ids.
 */
export function compareSets(a: CouponSet, b: CouponSet): number {
  const spent = (set: CouponSet): number => (set.goods === null ? 0 : 1) + (set.freight === null ? 0 : 1);
  const gift = (set: CouponSet): Fen => set.goods?.offer.gift?.valueFen ?? ZERO_FEN;
  return (
    a.payableFen - b.payableFen ||
    gift(b) - gift(a) ||
    spent(a) - spent(b) ||
    compareUse(a.goods, b.goods) ||
    compareUse(a.freight, b.freight)
  );
}

/**
 * R6.2: the set with the least to pay. Tries every legal set, so no better one exists.
 *
 * @param at business clock, epoch ms
 */
export function chooseCoupons(
  lines: readonly CouponLine[],
  freight: Freight,
  coupons: readonly HeldCoupon[],
  at: number,
): CouponSet {
  const goodsChoices: (AppliedCoupon | null)[] = [null];
  for (const coupon of coupons.filter((each) => !isFreightCoupon(each))) {
    const offer = couponOffer(coupon, lines, null, at);
    if (offer.reason === null) goodsChoices.push({ coupon, offer });
  }
  const freightChoices = [null, ...coupons.filter(isFreightCoupon)];
  let best: CouponSet | null = null;
  for (const goods of goodsChoices) {
    for (const freightCoupon of freightChoices) {
      const set = settleSet(lines, freight, goods, freightCoupon, at);
      if (set !== null && (best === null || compareSets(set, best) < 0)) best = set;
    }
  }
  // The empty set always settles.
  if (best === null) throw new Error('no legal set of coupons, not even the empty one');
  return best;
}
