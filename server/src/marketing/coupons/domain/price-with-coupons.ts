/** R6.2: prices a basket with chosen coupons, or with the best ones, and says for each coupon what it gives or why not. */
import { type Fen, formatYuan, ZERO_FEN } from '@mall/shared/money';
import type { QuoteCoupon } from '@mall/shared/orders';
import {
  type AppliedCoupon,
  type CouponSet,
  chooseCoupons,
  type Freight,
  freightRule,
  settleSet,
} from './choose-coupons.js';
import { type CouponLine, type CouponOffer, couponOffer, type HeldCoupon, isFreightCoupon } from './coupon-offer.js';

export interface CouponDiscount {
  couponId: string;
  name: string;
  amountFen: Fen;
  /** One part for each line, in the order of the lines (R1.2). */
  perLineFen: Fen[];
  /** A candidate of R3.2b for the lines whose part is above 0; null: no guide. */
  sourceGuideId: string | null;
}

/** Pieces that a coupon adds to the order. */
export interface CouponGift {
  couponId: string;
  skuId: string;
  quantity: number;
  /** What they cost who buys them, all of them together. */
  valueFen: Fen;
}

export interface RefusedCoupon {
  couponId: string;
  /** In the customer's words. */
  reason: string;
}

export interface CouponPricing {
  /** One part for each line, in the order of the lines; sums to the discounts' amounts. */
  perLineDiscountFen: Fen[];
  /** Goods discounts only; a freight coupon shows in freightDiscountFen. */
  discounts: CouponDiscount[];
  /** None or one: gift coupons are exclusive like every goods coupon. */
  gifts: CouponGift[];
  /** Before freightDiscountFen; null when the address is not known. */
  freightFen: Fen | null;
  freightDiscountFen: Fen;
  /** Every coupon that is applied, freight too: what placement locks. */
  appliedCouponIds: string[];
  coupons: QuoteCoupon[];
  /** The first chosen coupon that cannot be used; absent when all can. The price is then without it. */
  refused?: RefusedCoupon;
}

interface Basket {
  lines: readonly CouponLine[];
  freight: Freight;
  at: number;
}

/** The chosen coupons as a set: the first of each kind counts, a second goods coupon is refused. */
function takeChosen(
  { lines, freight, at }: Basket,
  coupons: readonly HeldCoupon[],
  chosenIds: readonly string[],
): { set: CouponSet; refused?: RefusedCoupon } {
  let set = chooseCoupons(lines, freight, [], at);
  let refused: RefusedCoupon | undefined;
  const refuse = (couponId: string, reason: string): void => {
    refused ??= { couponId, reason };
  };
  const chosen = [...new Set(chosenIds)].flatMap((id) => {
    const coupon = coupons.find((each) => each.id === id);
    if (coupon === undefined) refuse(id, '优惠券不存在或已不可用');
    return coupon ?? [];
  });
  // Goods first: the freight coupon sees the freight that they leave.
  for (const coupon of chosen.filter((each) => !isFreightCoupon(each))) {
    const offer = couponOffer(coupon, lines, null, at);
    if (offer.reason !== null) refuse(coupon.id, offer.reason);
    else if (set.goods !== null) refuse(coupon.id, `不能与「${set.goods.coupon.name}」同时使用`);
    else set = settleSet(lines, freight, { coupon, offer }, null, at) ?? set;
  }
  for (const coupon of chosen.filter(isFreightCoupon)) {
    const offer = couponOffer(coupon, lines, set.freightFen, at);
    if (offer.reason !== null) refuse(coupon.id, offer.reason);
    else if (set.freight !== null) refuse(coupon.id, `不能与「${set.freight.coupon.name}」同时使用`);
    else set = settleSet(lines, freight, set.goods, coupon, at) ?? set;
  }
  return refused === undefined ? { set } : { set, refused };
}

function describeCoupon({ lines, freight, at }: Basket, coupon: HeldCoupon, set: CouponSet): QuoteCoupon {
  const { id: couponId, name, expiresAt } = coupon;
  const applied = [set.goods, set.freight].find((use) => use?.coupon.id === couponId);
  if (applied) {
    const { givesFen, lostFen } = applied.offer;
    const told: QuoteCoupon = {
      couponId,
      name,
      applied: true,
      givesFen,
      ...giftOf(applied.offer),
      reason: null,
      expiresAt,
    };
    if (lostFen > 0) told.note = `本单抵扣 ¥${formatYuan(givesFen)}，剩余 ¥${formatYuan(lostFen)} 不退不留`;
    return told;
  }
  const goodsFen = lines.reduce<number>((sum, line) => sum + line.goodsFen, 0) as Fen;
  const alone = couponOffer(coupon, lines, freightRule(freight)(goodsFen), at);
  const { givesFen, reason } = alone;
  return { couponId, name, applied: false, givesFen, ...giftOf(alone), reason, expiresAt };
}

/** R6.2: the gift that a coupon gives, for the customer; nothing for other coupons. */
function giftOf({ gift }: CouponOffer): Pick<QuoteCoupon, 'gift'> {
  if (gift === null) return {};
  const { skuId, title, quantity, valueFen } = gift;
  return { gift: { skuId, title, quantity, valueFen } };
}

function giftsOf(goods: AppliedCoupon | null): CouponGift[] {
  if (goods === null || goods.offer.gift === null) return [];
  const { skuId, quantity, valueFen } = goods.offer.gift;
  return [{ couponId: goods.coupon.id, skuId, quantity, valueFen }];
}

/**
 * R6.2. `chosenIds` undefined: the best legal set. Empty: none. Else exactly those that can be used, and the first
 * that cannot in `refused`.
 *
 * @param coupons all that the member holds, whoever is applicable
 * @param at business clock, epoch ms
 */
export function priceWithCoupons(
  coupons: readonly HeldCoupon[],
  lines: readonly CouponLine[],
  freight: Freight,
  at: number,
  chosenIds?: readonly string[],
): CouponPricing {
  const basket: Basket = { lines, freight, at };
  const { set, refused } =
    chosenIds === undefined
      ? { set: chooseCoupons(lines, freight, coupons, at), refused: undefined }
      : takeChosen(basket, coupons, chosenIds);
  const { goods, freight: freightUse } = set;
  const pricing: CouponPricing = {
    perLineDiscountFen: goods === null ? lines.map(() => ZERO_FEN) : [...goods.offer.perLineFen],
    discounts:
      goods === null || goods.offer.gift !== null
        ? []
        : [
            {
              couponId: goods.coupon.id,
              name: goods.coupon.name,
              amountFen: goods.offer.givesFen,
              perLineFen: goods.offer.perLineFen,
              sourceGuideId: goods.coupon.sourceGuideId,
            },
          ],
    gifts: giftsOf(goods),
    freightFen: set.freightFen,
    freightDiscountFen: freightUse?.offer.givesFen ?? ZERO_FEN,
    appliedCouponIds: [goods, freightUse].flatMap((use) => use?.coupon.id ?? []),
    coupons: coupons.map((coupon) => describeCoupon(basket, coupon, set)),
  };
  if (refused !== undefined) pricing.refused = refused;
  return pricing;
}
