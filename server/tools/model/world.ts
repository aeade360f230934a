/**
 * What every sequence of the model-based test begins with: plain numbers, read by the reference model and by the driver
 * that builds the same world in the real mall. Prices are odd on purpose, so that rounding matters.
 */

export const DAY = 86_400_000;
export const HOUR = 3_600_000;
/** 2027-03-01 00:00 UTC: every sequence begins at this instant of the business clock. */
export const BEGINNING = 1_803_859_200_000;

export type StoreType = 'direct' | 'franchise';

export const STORES: readonly { type: StoreType }[] = [{ type: 'direct' }, { type: 'direct' }, { type: 'franchise' }];

export const TIERS = ['资深', '标准'] as const;
export type Tier = (typeof TIERS)[number];

/** Persons 0, 1, 2 … are guides from the beginning; the rest are visitors, who may join and become guides. */
export const FIRST_GUIDES: readonly { store: number; tier: Tier }[] = [
  { store: 0, tier: '资深' },
  { store: 1, tier: '标准' },
  { store: 2, tier: '标准' },
];
export const PEOPLE = 9;

export const BRANDS = ['青禾', '山屋'] as const;
/** Each with its way from the root. */
export const CATEGORIES: readonly { names: readonly string[]; path: readonly number[] }[] = [
  { names: ['服饰'], path: [0] },
  { names: ['服饰', '针织'], path: [0, 1] },
  { names: ['家居'], path: [2] },
];

export const PRODUCTS: readonly { brand: number; category: number }[] = [
  { brand: 0, category: 1 },
  { brand: 1, category: 0 },
  { brand: 1, category: 2 },
];

export const SKUS: readonly { product: number; priceFen: number }[] = [
  { product: 0, priceFen: 19_900 },
  { product: 0, priceFen: 5_990 },
  { product: 1, priceFen: 3_333 },
  { product: 2, priceFen: 107 },
  { product: 2, priceFen: 9_999 },
];

export const FREIGHT = { freightFen: 1_200, freeFromFen: 19_900 };

/** Coupons that the mall issues after orders, and by whose hand: the guide of the order that earned them. */
export interface Campaign {
  trigger: 'first_paid' | 'received';
  thresholdFen: number;
  /** Fixed amount, or a part of the goods in scope. */
  discountFen: number | null;
  rateBps: number | null;
  /** Null: every product. */
  product: number | null;
  validDays: number;
}

export const CAMPAIGNS: readonly Campaign[] = [
  { trigger: 'first_paid', thresholdFen: 0, discountFen: 1_711, rateBps: null, product: 0, validDays: 120 },
  { trigger: 'received', thresholdFen: 0, discountFen: null, rateBps: 1_250, product: 1, validDays: 90 },
];

/** Small, so that payouts of some yuan are split, meet the day's limit and need HQ's approval. */
export const PAYOUT_LIMITS = { transferMinFen: 30, transferMaxFen: 300, dayMaxFen: 1_500, autoApproveFen: 90 };

/** Labels 0 and 1; the rates of the sequences count on from here. */
export const FIRST_RATES = [
  { tier: null, guideBps: 750, storeBps: 233 },
  { tier: '资深', guideBps: 901, storeBps: 199 },
] as const;
