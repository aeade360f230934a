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
  user: { id: string; username: string; role: HqRole };
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

/** POST /api/hq/commission-rules */
export interface CommissionRuleInput {
  productScope: { kind: ProductScopeKind; id?: string };
  sellerScope: { kind: SellerScopeKind; id?: string };
  /** 0 to 10,000. */
  guideBps: number;
  /** 0 to 10,000; guideBps + storeBps ≤ 10,000. 0 when absent. */
  storeBps?: number;
  /** Epoch ms, in the future; absent: now. Never in the past (R4.3). */
  effectiveFrom?: number;
  reason: string;
}

export interface CommissionRule {
  id: string;
  productScope: { kind: ProductScopeKind; id: string | null };
  sellerScope: { kind: SellerScopeKind; id: string | null };
  guideBps: number;
  storeBps: number;
  effectiveFrom: number;
  reason: string;
  createdBy: string;
  createdAt: number;
}

/** GET /api/hq/commission-rules/resolve?skuId=&guideId=&at= */
export interface CommissionRuleResolution {
  rule: CommissionRule | null;
  /** In Chinese: why this one won. */
  sentence: string;
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
  losers: { kind: string; guideId: string | null; guideName: string | null; reason: string; sentence: string }[];
  decidedAt: number;
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
export interface MoneyTask {
  kind: 'refund_failed' | 'refund_abnormal' | 'payment_disputed';
  orderId: string;
  /** The refund or payment. */
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
