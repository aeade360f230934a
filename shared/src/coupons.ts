/** Coupons and repurchase campaigns (R6). */
import type { Bps, Fen } from './money.js';

export const CouponState = {
  Issued: 'issued',
  Locked: 'locked',
  Redeemed: 'redeemed',
  Voided: 'voided',
  /** Computed from time, never stored (R6.1). */
  Expired: 'expired',
} as const;
export type CouponState = (typeof CouponState)[keyof typeof CouponState];

export const CouponKind = {
  /** discountFen off once goods reach thresholdFen. */
  AmountOff: 'amount_off',
  /** rateBps off, at most capFen. */
  PercentOff: 'percent_off',
  FreeFreight: 'free_freight',
  /** giftQuantity pieces of giftSkuId on top, at no cost. Exclusive like the other goods coupons. */
  Gift: 'gift',
} as const;
export type CouponKind = (typeof CouponKind)[keyof typeof CouponKind];

/** GET /api/me/coupons */
export interface Coupon {
  id: string;
  name: string;
  kind: CouponKind;
  state: CouponState;
  thresholdFen: Fen;
  discountFen: Fen | null;
  rateBps: Bps | null;
  capFen: Fen | null;
  /** gift only. */
  giftSkuId: string | null;
  giftQuantity: number | null;
  /** Words for where it may be used, e.g. `全场可用`. */
  scopeText: string;
  /** Why she has it, e.g. `复购券 · 感谢您的上次购买`. */
  sourceText: string;
  issuedAt: number;
  startsAt: number;
  expiresAt: number;
}

/** When a repurchase campaign issues (R6.3). */
export const RepurchaseTrigger = {
  FirstPaid: 'first_paid',
  Received: 'received',
} as const;
export type RepurchaseTrigger = (typeof RepurchaseTrigger)[keyof typeof RepurchaseTrigger];

/** POST /api/hq/coupon-campaigns */
export interface CouponCampaignInput {
  name: string;
  trigger: RepurchaseTrigger;
  /** Share of eligible members who get nothing, 0 to 10,000 (R6.5). */
  holdoutBps: number;
  coupon: {
    name: string;
    kind: CouponKind;
    thresholdFen: number;
    discountFen?: number;
    rateBps?: number;
    capFen?: number;
    /** gift only. */
    giftSkuId?: string;
    /** gift only; 1 when absent. */
    giftQuantity?: number;
    /** Days from issue to expiry. */
    validDays: number;
  };
}

export interface CouponCampaign {
  id: string;
  name: string;
  trigger: RepurchaseTrigger;
  holdoutBps: Bps;
  createdAt: number;
  endedAt: number | null;
  issued: number;
  redeemed: number;
  heldOut: number;
}
