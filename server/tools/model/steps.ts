/**
 * The steps of a sequence. Orders, refunds, payouts and rates carry labels, and persons are positions in the world: when
 * the shrinker takes a step out, what refers to it is simply absent, and nothing else changes its meaning.
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

export interface DistributionSettings {
  touchWindowDays: number;
  bindingValidDays: number;
  bindingProtectionDays: number;
  commissionFreezeDays: number;
  commissionFinalDays: number;
  selfPurchase: 'pays_nobody' | 'pays_herself';
  franchiseTakeover: 'never' | 'after_protection';
  guideChangeDays: number;
  tailBps: number;
  tailVesting: 'days' | 'second_order';
  tailDays: number;
}

export interface OrderSettings {
  afterSaleDays: number;
  autoReceiveDays: number;
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
  rate: number;
  product: ProductScope;
  seller: SellerScope;
  guideBps: number;
  storeBps: number;
  /** From now; 0: at once. */
  inMs: number;
  /** Null: a base version; else a campaign of that length. */
  lengthMs: number | null;
}

export type SettingsStep =
  | { kind: 'settings'; group: 'distribution'; values: Partial<DistributionSettings>; inMs: number }
  | { kind: 'settings'; group: 'orders'; values: Partial<OrderSettings>; inMs: number };

/** What the provider says, when it is asked to send or how it went. */
export type TransferAnswer = 'succeeded' | 'failed' | 'waiting' | 'unknown';

export type PersonStep =
  | { kind: 'touch'; person: number; guide: number; link: 'live' | 'revoked' | 'forged' }
  | { kind: 'revoke'; guide: number }
  | { kind: 'join'; person: number }
  | { kind: 'enrol'; person: number; store: number; tier: Tier };

export type GuideStep =
  | { kind: 'suspend'; guide: number }
  | { kind: 'return'; guide: number }
  | { kind: 'leave'; guide: number };

export type RelationStep =
  /** The member changes her guide herself; null: she wants none. */
  | { kind: 'choose'; person: number; guide: number | null }
  /** HQ gives one member to another guide; null: to nobody. */
  | { kind: 'reassign'; person: number; guide: number | null }
  | { kind: 'hand-over'; guide: number; to: number[] };

export type OrderMove =
  | { kind: 'pay'; order: number }
  | { kind: 'cancel'; order: number }
  | { kind: 'ship'; order: number }
  | { kind: 'receive'; order: number };

export type PayoutStep =
  | { kind: 'payout'; payout: number; guide: number; amountFen: number }
  | { kind: 'decide'; payout: number; approves: boolean }
  | { kind: 'withdraw'; payout: number }
  | { kind: 'transfer'; payout: number; part: number; answer: TransferAnswer };

export type Step =
  | PersonStep
  | GuideStep
  | RelationStep
  | OrderStep
  | OrderMove
  | RefundStep
  | { kind: 'settle'; refund: number; succeeds: boolean }
  | PayoutStep
  | { kind: 'advance'; ms: number }
  | { kind: 'release' }
  | RateStep
  | { kind: 'end-rate'; rate: number; inMs: number }
  | SettingsStep;

export type StepKind = Step['kind'];

export const STEP_KINDS: readonly StepKind[] = [
  'touch',
  'revoke',
  'join',
  'enrol',
  'choose',
  'reassign',
  'hand-over',
  'suspend',
  'return',
  'leave',
  'order',
  'pay',
  'cancel',
  'ship',
  'receive',
  'refund',
  'settle',
  'advance',
  'release',
  'payout',
  'decide',
  'withdraw',
  'transfer',
  'rate',
  'end-rate',
  'settings',
];

/** `absent`: it refers to something that never came to be, so nobody is asked. */
export type StepOutcome = 'done' | 'refused' | 'absent';
