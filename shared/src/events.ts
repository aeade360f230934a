/**
 * Facts that rooms tell each other through the outbox. A payload carries what its readers need, so that
 * commission and repurchase import nothing of the mall. Instants are business-clock epoch milliseconds.
 */
import type { Fen } from './money.js';

export const EventType = {
  OrderPaid: 'order.paid',
  OrderShipped: 'order.shipped',
  OrderReadyForPickup: 'order.pickup-ready',
  OrderReceived: 'order.received',
  OrderCompleted: 'order.completed',
  OrderCancelled: 'order.cancelled',
  PaymentArrivedLate: 'payment.arrived-late',
  RefundRequested: 'refund.requested',
  RefundFailed: 'refund.failed',
  RefundSucceeded: 'refund.succeeded',
  MemberJoined: 'member.joined',
  MemberMerged: 'member.merged',
  CommissionReleased: 'commission.released',
  CommissionRatePublished: 'commission.rate-published',
  PayoutArrived: 'payout.arrived',
} as const;
export type EventType = (typeof EventType)[keyof typeof EventType];

/** A line as payees need it. The rates were frozen at order creation (R4.3). */
export interface PaidLine {
  orderLineId: string;
  skuId: string;
  productId: string;
  categoryId: string | null;
  /** Category ids from the root to its own. */
  categoryPath: string[];
  brandId: string;
  title: string;
  optionText: string;
  quantity: number;
  goodsFen: Fen;
  discountFen: Fen;
  /** goodsFen − discountFen: R4.1's base. A gift's is 0. */
  baseFen: Fen;
  /** Null: cost unknown, so margin is unknown. */
  costFen: Fen | null;
  /** The line's payee: the order's guide, or the guide whose coupon discounted this line (R3.2b). Null: HQ. */
  guideId: string | null;
  storeId: string | null;
  /** The payee's dimensions at order creation (R4.2); null without a guide. */
  tier: string | null;
  storeType: string | null;
  commission: { ruleId: string; guideBps: number; storeBps: number } | null;
}

export interface OrderPaidPayload {
  orderId: string;
  orderNumber: string;
  memberId: string;
  guideId: string | null;
  storeId: string | null;
  /** What the frozen decision rests on (R3.1). */
  attribution: { branch: 'a' | 'b' | 'c' | 'd' | 'e' | 'f'; bindingId: string | null; touchId: string | null };
  totalFen: Fen;
  freightFen: Fen;
  createdAt: number;
  paidAt: number;
  lines: PaidLine[];
}

export interface OrderStepPayload {
  orderId: string;
  orderNumber: string;
  memberId: string;
  guideId: string | null;
  /** The binding that the frozen attribution rests on, if any (R2.3 renews it at completion). */
  bindingId: string | null;
  at: number;
}

/** Money came for an order that was cancelled before (R7.5): it goes back by itself. */
export interface PaymentArrivedLatePayload {
  orderId: string;
  paymentId: string;
  amountFen: Fen;
  at: number;
}

/** A refund was asked for, or it failed for good: commission of its order is held in between (R5.2). */
export interface RefundStepPayload {
  refundId: string;
  orderId: string;
  at: number;
}

export interface RefundSucceededPayload {
  refundId: string;
  orderId: string;
  /** When it was asked for: that decides whether it is chargeable (R5.4), however long WeChat took. */
  requestedAt: number;
  memberId: string;
  goodwill: boolean;
  /** Money paid back: lines + freight, less what is kept back for a gift (R6.6). */
  amountFen: Fen;
  freightFen: Fen;
  /** True when all that was paid for is taken back, be some of its money kept for a gift. */
  orderFullyRefunded: boolean;
  at: number;
  /** What each line loses of its base, whatever of the money was withheld (R6.6). */
  lines: { orderLineId: string; amountFen: Fen }[];
}

export interface MemberJoinedPayload {
  memberId: string;
  at: number;
}

/** Two entries of one person became one (R2.1): `from` is no longer used. */
export interface MemberMergedPayload {
  mergeId: string;
  fromMemberId: string;
  intoMemberId: string;
  at: number;
}

export interface CommissionReleasedPayload {
  guideId: string;
  entryId: string;
  amountFen: Fen;
  at: number;
}

/** A transfer of a payout is with the guide. */
export interface PayoutArrivedPayload {
  guideId: string;
  transferId: string;
  /** What came: after tax. */
  amountFen: Fen;
  at: number;
}

/** A version, a campaign, an end or a stop was published (R4.3). */
export interface CommissionRatePublishedPayload {
  ruleId: string;
  productScope: { kind: string; id: string | null };
  sellerScope: { kind: string; id: string | null };
  guideBps: number;
  storeBps: number;
  series: 'base' | 'campaign' | 'stop';
  isEnd: boolean;
  effectiveFrom: number;
  effectiveTo: number | null;
}

export interface EventPayloads {
  'order.paid': OrderPaidPayload;
  'order.shipped': OrderStepPayload;
  'order.pickup-ready': OrderStepPayload;
  'order.received': OrderStepPayload;
  'order.completed': OrderStepPayload;
  'order.cancelled': OrderStepPayload;
  'payment.arrived-late': PaymentArrivedLatePayload;
  'refund.requested': RefundStepPayload;
  'refund.failed': RefundStepPayload;
  'refund.succeeded': RefundSucceededPayload;
  'member.joined': MemberJoinedPayload;
  'member.merged': MemberMergedPayload;
  'commission.released': CommissionReleasedPayload;
  'commission.rate-published': CommissionRatePublishedPayload;
  'payout.arrived': PayoutArrivedPayload;
}
