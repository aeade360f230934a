/** What HQ sets and sees. */
import type { Fen } from './money.js';
import type { OrderSummary } from './orders.js';

/** A store manager acts for one store, within what HQ leaves her (R4.3). */
export const HqRole = {
  Owner: 'owner',
  Operator: 'operator',
  Finance: 'finance',
  Auditor: 'auditor',
  StoreManager: 'store_manager',
} as const;
export type HqRole = (typeof HqRole)[keyof typeof HqRole];

/** POST /api/hq/sessions */
export interface HqLoginRequest {
  username: string;
  password: string;
}

export interface HqSessionResponse {
  token: string;
  expiresAt: number;
  /** `storeId`: a store manager's store; null for everybody else. */
  user: { id: string; username: string; role: HqRole; storeId: string | null };
}

/** POST /api/hq/users (owner). */
export interface HqUserInput {
  /** 2 to 40 of `a-z 0-9 . _ -`, beginning with a letter or digit. */
  username: string;
  /** 10 characters or more. */
  password: string;
  role: HqRole;
  /** Exactly for a store manager. */
  storeId?: string;
}

/** GET /api/hq/users, newest first; POST /api/hq/users/:id/disable {reason} ends her sessions at once. */
export interface HqUser {
  id: string;
  username: string;
  role: HqRole;
  storeId: string | null;
  createdAt: number;
  disabledAt: number | null;
}

/** R4.2: product dimension, from most to least specific. */
export const ProductScopeKind = {
  Sku: 'sku',
  Product: 'product',
  Category: 'category',
  Brand: 'brand',
  Any: 'any',
} as const;
export type ProductScopeKind = (typeof ProductScopeKind)[keyof typeof ProductScopeKind];

/** R4.2: seller dimension, from most to least specific. */
export const SellerScopeKind = {
  Guide: 'guide',
  Tier: 'tier',
  Store: 'store',
  StoreType: 'store_type',
  Any: 'any',
} as const;
export type SellerScopeKind = (typeof SellerScopeKind)[keyof typeof SellerScopeKind];

/** POST /api/hq/commission-rules publishes at once; POST /api/hq/commission-rule-drafts keeps it for later. */
export interface CommissionRuleInput {
  productScope: { kind: ProductScopeKind; id?: string };
  sellerScope: { kind: SellerScopeKind; id?: string };
  /** 0 to 10,000. */
  guideBps: number;
  /** 0 to 10,000; guideBps + storeBps ≤ poolBps or 10,000. Absent: 0, and for a store manager what HQ set. */
  storeBps?: number;
  /** Guide, store and HQ together (R4.4); absent: guide and store alone. */
  poolBps?: number;
  /** Epoch ms, in the future; absent: now. Never in the past (R4.3). */
  effectiveFrom?: number;
  /** Makes it a campaign, which beats the base rate of its scope until then. */
  effectiveTo?: number;
  /** Franchise stores may not set their own rate under it. HQ's alone, as is the band. */
  isLocked?: boolean;
  /** Within which a store's manager may set her own guideBps. Both or neither. */
  bandMinBps?: number;
  bandMaxBps?: number;
  /** 1 and nothing else: there is one paid level (R4.5). */
  depth?: number;
  /** An owner's reason to go under the margin floor all the same. */
  overrideMarginReason?: string;
  reason: string;
}

/** `base` versions follow each other; a `campaign` has an end; a `stop` ends a campaign early. */
export const RateSeries = { Base: 'base', Campaign: 'campaign', Stop: 'stop' } as const;
export type RateSeries = (typeof RateSeries)[keyof typeof RateSeries];

export interface CommissionRule {
  id: string;
  productScope: { kind: ProductScopeKind; id: string | null };
  sellerScope: { kind: SellerScopeKind; id: string | null };
  guideBps: number;
  storeBps: number;
  poolBps: number | null;
  series: RateSeries;
  /** True: from here on the scope has no base rate. */
  isEnd: boolean;
  effectiveFrom: number;
  /** Of a campaign, as published; a stop may end it earlier. */
  effectiveTo: number | null;
  /** Of a stop: the campaign that it ends. */
  stopsRuleId: string | null;
  isLocked: boolean;
  bandMinBps: number | null;
  bandMaxBps: number | null;
  /** The store whose manager made it; null: HQ. */
  authorStoreId: string | null;
  reason: string;
  createdBy: string;
  createdAt: number;
}

/** Why a rule that covers the goods and the seller did not win (R4.2, R4.3). */
export const RateLoss = {
  /** Another product scope is more specific. */
  Product: 'product',
  /** Same product scope, but another seller scope is more specific. */
  Seller: 'seller',
  /** A campaign of the same scope is in force. */
  Campaign: 'campaign',
  /** A newer version of the same scope is in force. */
  Newer: 'newer',
  /** The scope's rate was ended. */
  Ended: 'ended',
  /** A store's rate: HQ's rule for the sale is locked, */
  Locked: 'locked',
  /** HQ gave a direct store no band, */
  NoBand: 'no_band',
  /** it is outside HQ's band, */
  OutsideBand: 'outside_band',
  /** it gives the store more than HQ does, */
  StoreShare: 'store_share',
  /** it is over HQ's pool, */
  OverPool: 'over_pool',
  /** or the guide is not of the store that made it. */
  OtherStore: 'other_store',
} as const;
export type RateLoss = (typeof RateLoss)[keyof typeof RateLoss];

/** GET /api/hq/commission-rules/resolve?skuId=&guideId=&at= */
export interface CommissionRuleResolution {
  rule: CommissionRule | null;
  /** In Chinese: why this one won. */
  sentence: string;
  at: number;
  /** Every other rule in force that covers them, nearest to winning first. */
  losers: { rule: CommissionRule; reason: RateLoss; sentence: string }[];
}

export interface AuditEntry {
  id: string;
  at: number;
  actor: string;
  action: string;
  subject: string;
  old: unknown;
  new: unknown;
  reason: string | null;
}

/** GET /api/hq/orders/:id/attribution — R3.1, frozen with the order. */
export interface AttributionView {
  orderId: string;
  /** The branch of R3.2 that won: a to f. */
  branch: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  guideId: string | null;
  guideName: string | null;
  storeId: string | null;
  storeName: string | null;
  bindingId: string | null;
  touchId: string | null;
  settingsVersion: string;
  sentence: string;
  /** When the winning touch was opened, or the winning relation began; null without either. */
  wonAt: number | null;
  /** The payee of each line, in order (R3.2b). */
  lines: { guideId: string | null; guideName: string | null; storeId: string | null }[];
  losers: {
    kind: string;
    /** The binding, touch or coupon. */
    id: string;
    guideId: string | null;
    guideName: string | null;
    reason: string;
    sentence: string;
    /** When it was opened, or its relation began; null for coupons. */
    at: number | null;
  }[];
  /** R3.5: who touched in the window, lost, and got nothing of the order. */
  assists: { guideId: string; guideName: string | null }[];
  decidedAt: number;
  /** With `?evidence=1`: the raw facts as they were stored (R3.4). */
  evidence?: unknown;
}

/** What a decision says, as it is compared at a replay. */
export interface AttributionOutcome {
  branch: AttributionView['branch'];
  guideId: string | null;
  guideName: string | null;
  storeId: string | null;
  storeName: string | null;
  bindingId: string | null;
  touchId: string | null;
  lines: { guideId: string | null; storeId: string | null }[];
  losers: { kind: string; id: string; guideId: string | null; reason: string }[];
  assists: string[];
  sentence: string;
}

/** POST /api/hq/orders/:id/attribution/replay — decided again from the stored evidence alone (R3.4). */
export interface AttributionReplay {
  orderId: string;
  agrees: boolean;
  stored: AttributionOutcome | null;
  /** Null: the evidence itself cannot be read. */
  replayed: AttributionOutcome | null;
  /** Empty when it agrees. `field` names what differs, values as JSON text. */
  differences: { field: string; stored: string; replayed: string }[];
}

/** The groups of settings that HQ may change. */
export const SettingGroup = {
  Distribution: 'distribution',
  Payouts: 'payouts',
  Orders: 'orders',
  Messages: 'messages',
} as const;
export type SettingGroup = (typeof SettingGroup)[keyof typeof SettingGroup];

/** Numbers, and choices by name. */
export type SettingValueMap = Record<string, number | string>;

export interface SettingVersion {
  id: string;
  values: SettingValueMap;
  effectiveFrom: number;
  createdBy: string;
  createdAt: number;
  reason: string;
}

/** GET /api/hq/settings/:name */
export interface SettingsView {
  name: SettingGroup;
  /** `default` until HQ publishes a version. */
  versionId: string;
  values: SettingValueMap;
  defaults: SettingValueMap;
  /** Newest effective time first, those of the future included; at most 100. */
  versions: SettingVersion[];
}

/** POST /api/hq/settings/:name — what is not named stays as it is then. */
export interface SettingsInput {
  values: SettingValueMap;
  /** Epoch ms, never in the past; absent: now. */
  effectiveFrom?: number;
  reason: string;
}

export interface HqOrder extends OrderSummary {
  memberId: string;
  goodsFen: Fen;
  discountFen: Fen;
  freightFen: Fen;
}

/** GET /api/hq/orders/:id/delivery — where the parcel goes, for fulfilment only (R2.6); each look is in the audit log. */
export interface DeliveryAddress {
  recipient: string;
  phone: string;
  province: string;
  city: string;
  district: string;
  detail: string;
}

/** GET /api/hq/money-tasks — money that no automatic way settles: somebody must look. */
/** POST /api/hq/refunds/{id}/reroute — an abnormal refund goes another way. */
export interface RefundRerouteRequest {
  to: 'customer_card' | 'merchant_account';
  /** These three for a card of the customer's. */
  bankType?: string;
  bankAccount?: string;
  realName?: string;
}

export interface MoneyTask {
  kind: 'refund_failed' | 'refund_abnormal' | 'payment_disputed' | 'transfer_contradicted' | 'payout_contradiction';
  /** Null for a transfer. */
  orderId: string | null;
  /** The refund, payment, transfer, or what HQ resolves at /api/hq/payout-contradictions. */
  subjectId: string;
  amountFen: Fen;
  /** WeChat's code or state; null when there is none. */
  reason: string | null;
  createdAt: number;
}

/** GET /api/hq/ledger/summary — balances are folds of the legs (R5.1). */
export interface LedgerSummary {
  transactions: number;
  legs: number;
  /** Sum over all legs: 0, always. */
  sumFen: Fen;
  accounts: { account: string; balanceFen: Fen }[];
}

/** GET /api/hq/stock — R7.3: reserved + sold + available = received. */
export interface StockLevel {
  skuId: string;
  /** Initial stock plus every adjustment. */
  received: number;
  reserved: number;
  sold: number;
  available: number;
}

/** GET and PUT /api/hq/freight-rules */
export interface FreightRule {
  /** Province names that it covers; empty: everywhere not named by another rule. */
  provinces: string[];
  name: string;
  freightFen: number;
  /** Goods (after discount) from which freight is free; null: never. */
  freeFromFen: number | null;
  /** False: no delivery there. */
  served: boolean;
}

/** GET /api/hq/outbox/stuck; POST /api/hq/outbox/:id/retry has one tried at once. Instants on the wall clock. */
export interface StuckEvent {
  id: string;
  type: string;
  streamId: string;
  attempts: number;
  ageMs: number;
  nextAttemptAt: number;
  lastError: string | null;
}

/** GET /api/client-config — what the mini-program's H5 build needs to know about where it runs. */
export interface ClientConfig {
  /** True on a demo shop: the clock can be advanced and personas exist. */
  demo: boolean;
  /** Where the browser finds the WeChat emulator; null when WeChat is the real one. */
  emulatorUrl: string | null;
  appId: string;
}

/** POST /api/demo/clock/advance (demo only): {days} or {hours} → the new business time. */
export interface AdvanceClockRequest {
  days?: number;
  hours?: number;
}

export interface BusinessTime {
  /** Epoch ms of the business clock. */
  now: number;
}
