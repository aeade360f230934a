/** Subscribe messages: what a member allows WeChat to deliver, one accept for one message (factsheet §4, R6.4). */

export const MessageKind = {
  OrderShipped: 'order-shipped',
  CouponExpiring: 'coupon-expiring',
  CommissionAvailable: 'commission-available',
  PayoutArrived: 'payout-arrived',
  RateChanged: 'rate-changed',
} as const;
export type MessageKind = (typeof MessageKind)[keyof typeof MessageKind];

/** Where she is asked: after the tap that makes the message useful, never before. */
export const SubscriptionMoment = {
  Payment: 'payment',
  Coupon: 'coupon',
  Payout: 'payout',
  GuideDesk: 'guide-desk',
} as const;
export type SubscriptionMoment = (typeof SubscriptionMoment)[keyof typeof SubscriptionMoment];

/** What WeChat's window answers for one template. */
export const SubscriptionOutcome = { Accept: 'accept', Reject: 'reject', Ban: 'ban', Filter: 'filter' } as const;
export type SubscriptionOutcome = (typeof SubscriptionOutcome)[keyof typeof SubscriptionOutcome];

/** `GET /api/subscriptions?moment=…` */
export interface SubscriptionOffer {
  /** Five at most; empty: there is nothing to ask. */
  templateIds: string[];
}

/** `POST /api/subscriptions` */
export interface SubscriptionReport {
  moment: SubscriptionMoment;
  /** Of the phone's making: the same answer, told twice, counts once. */
  requestId: string;
  outcomes: { templateId: string; outcome: SubscriptionOutcome }[];
}

/** WeChat takes five in one window. */
export const MOST_TEMPLATES_AT_ONCE = 5;

export const MessageState = {
  /** Stored, to be sent. */
  Waiting: 'waiting',
  /** Handed to WeChat, no answer yet. */
  Sending: 'sending',
  Sent: 'sent',
  /** No answer came: it may have arrived, so it is not sent again. */
  Unknown: 'unknown',
  /** WeChat said no. */
  Refused: 'refused',
  /** We did not send it: too late, too many, or she asked to be left alone. */
  Dropped: 'dropped',
} as const;
export type MessageState = (typeof MessageState)[keyof typeof MessageState];

/** As HQ sees it: nothing of what it says, only whom it was for. */
export interface SubscribeMessageView {
  id: string;
  kind: MessageKind;
  memberId: string;
  subjectId: string;
  state: MessageState;
  /** WeChat's code or our own word; null: nothing was wrong. */
  reasonCode: string | null;
  /** Plain words for it. */
  reason: string | null;
  tries: number;
  createdAt: number;
  finishedAt: number | null;
}

/** How the messages of one kind ended. */
export interface MessageTally {
  kind: MessageKind;
  /** False: the shop has set no template, so nothing is asked and nothing sent. */
  configured: boolean;
  /** Accepts that were not used yet. */
  grants: number;
  states: Record<MessageState, number>;
}

/** The page that each message opens, without its query; the mini-program's routes are held to it by a test. */
export const MESSAGE_PAGES: Readonly<Record<MessageKind, string>> = {
  'order-shipped': 'packages/shop/order/index',
  'coupon-expiring': 'packages/member/coupons/index',
  'commission-available': 'packages/guide/commissions/index',
  'payout-arrived': 'packages/guide/payout/index',
  'rate-changed': 'packages/guide/notices/index',
};
