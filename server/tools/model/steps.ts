/**
 * The steps of a sequence. Orders, refunds and payouts carry labels, and persons are positions in the world: when the
 * shrinker takes a step out, what refers to it is simply absent, and nothing else changes its meaning.
 */
import type { Tier } from './world.js';

export interface ProductScope {
  kind: 'sku' | 'product' | 'category' | 'brand' | 'any';
  id: number;
}

export interface SellerScope {
  kind: 'guide' | 'tier' | 'store' | 'store_type' | 'any';
  /** A person, store, or position in TIERS or in ['direct', 'franchise']. */
  id: number;
}

export interface SettingValues {
  touchWindowDays: number;
  bindingValidDays: number;
  bindingProtectionDays: number;
  commissionFreezeDays: number;
  commissionFinalDays: number;
}

export interface OrderStep {
  kind: 'order';
  order: number;
  person: number;
  lines: { sku: number; quantity: number }[];
  /** Which campaign's coupon, earned by which order. */
  coupon: { campaign: number; source: number } | null;
}

export interface RefundStep {
  kind: 'refund';
  refund: number;
  order: number;
  lines: { line: number; amountFen: number }[];
  freightFen: number;
  goodwill: boolean;
  /** False: WeChat takes its time, and a step `settle` tells how it ended. */
  settled: boolean;
}

export interface RateStep {
  kind: 'rate';
  product: ProductScope;
  seller: SellerScope;
  guideBps: number;
  storeBps: number;
  /** From now; 0: at once. */
  inMs: number;
}

export type Step =
  | { kind: 'touch'; person: number; guide: number; link: 'live' | 'revoked' | 'forged' }
  | { kind: 'revoke'; guide: number }
  | { kind: 'join'; person: number }
  | { kind: 'enrol'; person: number; store: number; tier: Tier }
  | OrderStep
  | { kind: 'pay'; order: number }
  | { kind: 'cancel'; order: number }
  | { kind: 'ship'; order: number }
  | { kind: 'receive'; order: number }
  | RefundStep
  | { kind: 'settle'; refund: number; succeeds: boolean }
  | { kind: 'advance'; ms: number }
  | { kind: 'release' }
  | { kind: 'suspend'; guide: number }
  | { kind: 'return'; guide: number }
  | { kind: 'leave'; guide: number }
  | RateStep
  | { kind: 'settings'; values: Partial<SettingValues>; inMs: number };

export type StepKind = Step['kind'];

export const STEP_KINDS: readonly StepKind[] = [
  'touch',
  'revoke',
  'join',
  'enrol',
  'order',
  'pay',
  'cancel',
  'ship',
  'receive',
  'refund',
  'settle',
  'advance',
  'release',
  'suspend',
  'return',
  'leave',
  'rate',
  'settings',
];

/** `absent`: it refers to something that never came to be, so nobody is asked. */
export type StepOutcome = 'done' | 'refused' | 'absent';
