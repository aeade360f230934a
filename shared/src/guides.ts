/** Guides, stores, share links, the guide's desk (R2, R8) and her commission (R4, R5). */
import type { ProductCard } from './catalogue.js';
import type { Bps, Fen } from './money.js';

export const StoreType = { Direct: 'direct', Franchise: 'franchise' } as const;
export type StoreType = (typeof StoreType)[keyof typeof StoreType];

export interface Store {
  id: string;
  /** Code for people, unique, e.g. `SH-JA`. */
  code: string;
  name: string;
  type: StoreType;
  province: string;
  city: string;
}

/** POST /api/hq/stores */
export type StoreInput = Omit<Store, 'id'>;

export const GuideStatus = { Active: 'active', Suspended: 'suspended', Left: 'left' } as const;
export type GuideStatus = (typeof GuideStatus)[keyof typeof GuideStatus];

/** R5.5: how a guide is paid: employees with their wages, contractors by transfer (nothing is withheld yet). */
export const PayeeType = { Employee: 'employee', Contractor: 'contractor' } as const;
export type PayeeType = (typeof PayeeType)[keyof typeof PayeeType];

/** GET /api/hq/guides */
export interface GuideSummary {
  id: string;
  name: string;
  storeId: string;
  storeName: string;
  tier: string;
  status: GuideStatus;
  registeredAt: number;
}

/** POST /api/hq/guide-invitations */
export interface GuideInvitationInput {
  storeId: string;
  /** The name that customers will see. */
  guideName: string;
  tier?: string;
}

export interface GuideInvitation {
  /** Eight characters, used once. */
  code: string;
  storeId: string;
  storeName: string;
  guideName: string;
  expiresAt: number;
  acceptedAt: number | null;
}

export const SharePlacement = { Card: 'card', Poster: 'poster', Code: 'code', Link: 'link' } as const;
export type SharePlacement = (typeof SharePlacement)[keyof typeof SharePlacement];

/** POST /api/guide/share-links */
export interface ShareLinkInput {
  /** Absent: the home page. */
  productId?: string;
  placement: SharePlacement;
}

export interface ShareLink {
  /** Eight characters. */
  code: string;
  productId: string | null;
  placement: SharePlacement;
  /** Mini-program path with leading slash, e.g. `/packages/shop/product/index?id=…&s=CODE`. */
  path: string;
  title: string;
  imageUrl: string | null;
  /** Mini-program code as PNG, public: it holds nothing but the code. */
  codeImageUrl: string;
  /** Poster as JPEG, public; null for links that were not made for one. */
  posterUrl: string | null;
  createdAt: number;
  revokedAt: number | null;
  opens: number;
}

/** GET /api/guide/products — what to share, with the commission that one piece would pay now (R4). */
export interface ShareableProduct extends ProductCard {
  guideBps: Bps;
  /** For the cheapest SKU at full price; what is paid depends on discounts. */
  commissionFromFen: Fen;
}

/** R5.2; `reversed` parts are shown on the receipt. */
export const CommissionState = {
  Pending: 'pending',
  Frozen: 'frozen',
  Available: 'available',
  Paid: 'paid',
  Void: 'void',
} as const;
export type CommissionState = (typeof CommissionState)[keyof typeof CommissionState];

export interface CommissionTotals {
  pendingFen: Fen;
  frozenFen: Fen;
  availableFen: Fen;
  /** Asked for and not yet arrived. */
  payingFen: Fen;
  paidFen: Fen;
}

/** GET /api/guide/desk */
export interface GuideDesk {
  guide: GuideSummary;
  totals: CommissionTotals;
  /** Commission accrued since 00:00 Asia/Shanghai, and in the last 7 business days, oldest first. */
  todayFen: Fen;
  lastSevenDays: { day: string; commissionFen: Fen; orders: number; opens: number }[];
  /** The earliest date on which frozen money becomes available; null when nothing is frozen. */
  nextReleaseAt: number | null;
  /** 10 000 and no more, however many there are beyond. */
  customers: number;
  unreadNotices: number;
  /** Null: nothing to say. */
  coaching: Coaching | null;
}

/** GET /api/guide/customers — masked (R2.6). */
export interface GuideCustomer {
  memberId: string;
  nicknameMasked: string;
  phoneTail: string | null;
  boundAt: number;
  /** A date of the year 9999 while a paid order of hers that is still open holds it. */
  protectedUntil: number;
  /** By the clock alone. */
  validUntil: number;
  orders: number;
  lastOrderAt: number | null;
  /** R2.5: false when she asked to be left alone, or for HQ only, or never agreed to guide service. */
  mayContact: boolean;
}

/** GET /api/guide/commissions */
export interface CommissionEntry {
  id: string;
  orderId: string;
  orderNumber: string;
  title: string;
  optionText: string;
  /** `paid` is derived: payouts take the oldest available money first (R5.3). */
  state: CommissionState;
  /** What is left of it after reversals. */
  amountFen: Fen;
  accruedAt: number;
  /** When it becomes (or became) available; null until received. */
  availableAt: number | null;
}

/** GET /api/guide/commissions/:id — R5.6: explains itself. HQ reads the same from /api/hq/commissions/:id. */
export interface CommissionReceipt extends CommissionEntry {
  guideName: string;
  storeName: string;
  goodsFen: Fen;
  /** This line's share of discounts and coupons. */
  discountFen: Fen;
  /** goodsFen − discountFen: what the commission is computed on; freight never counts (R4.1). */
  baseFen: Fen;
  /** Chargeable refunds so far. */
  refundedBaseFen: Fen;
  bps: Bps;
  ruleId: string;
  /** In Chinese: which rule won and since when it applies. */
  ruleText: string;
  /** base × bps / 10,000 as computed before rounding down, e.g. `1319.55 分`. */
  computationText: string;
  /** R4.6; null: nothing vests later. */
  tail: {
    bps: Bps;
    fen: Fen;
    vesting: 'days' | 'second_order';
    state: 'waiting' | 'vested' | 'released' | 'lapsed';
    dueAt: number | null;
    sentence: string;
  } | null;
  /** How much of it has been paid out. */
  paidFen: Fen;
  /** In Chinese, when a dispute's decision gave it to its present holder. */
  movedText: string | null;
  /** Every refund of the line: charged, or borne by HQ and why (R5.3, R5.4). */
  refunds: { at: number; amountFen: Fen; reversedFen: Fen; text: string }[];
  /** What was posted at first. */
  postedFen: Fen;
  reversedFen: Fen;
  receivedAt: number | null;
  /** After this the commission cannot be taken back (R5.4); null until received. */
  finalAt: number | null;
  attributionSentence: string;
  history: { at: number; text: string; amountFen: Fen }[];
}

export const GuideNoticeKind = {
  RateChanged: 'rate_changed',
  DisputeDecided: 'dispute_decided',
  PayoutDecided: 'payout_decided',
  /** Something became of it after that: taken back by HQ, paid with the wages, arrived after all. */
  PayoutEnded: 'payout_ended',
  Coaching: 'coaching',
  CustomersReceived: 'customers_received',
} as const;
export type GuideNoticeKind = (typeof GuideNoticeKind)[keyof typeof GuideNoticeKind];

/** GET /api/guide/notices, newest first; POST /api/guide/notices/read marks all that are shown. */
export interface GuideNotice {
  id: string;
  kind: GuideNoticeKind;
  subjectId: string;
  title: string;
  body: string;
  createdAt: number;
  readAt: number | null;
}

/** R8: many shares and no order. Her share tasks rest; she may go on sharing by hand. */
export interface Coaching {
  intents: number;
  days: number;
  advice: string;
}
