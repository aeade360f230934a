/** Payouts (R5.5) and monthly statements (R5.6). Amounts are fen, instants epoch ms of the business clock. */
import type { PayeeType } from './guides.js';
import type { Fen } from './money.js';

export const PayoutState = {
  Requested: 'requested',
  Approved: 'approved',
  Rejected: 'rejected',
  Cancelled: 'cancelled',
  Done: 'done',
} as const;
export type PayoutState = (typeof PayoutState)[keyof typeof PayoutState];

export const TransferState = {
  Created: 'created',
  Submitted: 'submitted',
  /** For the guide's confirmation. */
  Waiting: 'waiting',
  Succeeded: 'succeeded',
  Failed: 'failed',
  Cancelled: 'cancelled',
  /** Submitted, and no answer came: a query will tell. */
  Unknown: 'unknown',
} as const;
export type TransferState = (typeof TransferState)[keyof typeof TransferState];

/** Where an open transfer stands, as far as the provider has said. */
export const TransferPhase = {
  /** The merchant's limit of the day or month is used up: it is sent when there is room again. */
  Quota: 'quota',
  /** Taken, and the merchant's money is being locked: with too little of it, it stays here. */
  Locking: 'locking',
  /** For the guide's confirmation, 24 hours long. */
  Confirm: 'confirm',
  /** She has confirmed. */
  Arriving: 'arriving',
  /** It is being taken back. */
  Cancelling: 'cancelling',
} as const;
export type TransferPhase = (typeof TransferPhase)[keyof typeof TransferPhase];

/** How the tax of a payout is worked out: per payment (劳务报酬), by the platforms' cumulative method, or elsewhere. */
export const WithholdingMethod = {
  None: 'none',
  PerPayment: 'per_payment',
  PlatformCumulative: 'platform_cumulative',
} as const;
export type WithholdingMethod = (typeof WithholdingMethod)[keyof typeof WithholdingMethod];

export interface PayoutTransfer {
  id: string;
  outBillNo: string;
  /** Net. */
  amountFen: Fen;
  state: TransferState;
  /** Null: not sent yet, or ended. */
  phase: TransferPhase | null;
  /** Since when it stands there. */
  phaseAt: number | null;
  submittedAt: number | null;
  /** In Chinese: how it stands, e.g. `等待您确认收款`. */
  stateText: string;
  /** Of one that succeeded: how the provider has contradicted itself about it. */
  failReason: string | null;
  finishedAt: number | null;
}

export interface Payout {
  id: string;
  /** Gross: what the balance was debited. */
  amountFen: Fen;
  taxFen: Fen;
  netFen: Fen;
  state: PayoutState;
  requestedAt: number;
  decidedAt: number | null;
  decisionReason: string | null;
  doneAt: number | null;
  transfers: PayoutTransfer[];
  /** In Chinese: what it waits for, e.g. a negative balance (C11) or HQ's approval; null when it waits for nothing. */
  waitsFor: string | null;
}

/** GET /api/guide/payout-transfers/:id/confirmation → what `wx.requestMerchantTransfer` wants; 409 when it waits for none. */
export interface TransferConfirmation {
  mchId: string;
  appId: string;
  package: string;
  openId: string;
}

/** GET /api/guide/payee-name; PUT with PayeeNameInput, DELETE withdraws the consent. Large transfers need the real name. */
export interface PayeeName {
  /** `*静`; null: none is kept. */
  nameMasked: string | null;
  /** To be shown and sent back with the name. */
  policyVersion: string;
  /** A single transfer of so much needs it. */
  requiredFromFen: Fen;
  /** False while no transfer can be that large under the present limits. */
  isNeeded: boolean;
}

export interface PayeeNameInput {
  name: string;
  policyVersion: string;
}

export const ContradictionKind = {
  UnknownBill: 'unknown_bill',
  Amount: 'amount',
  Payee: 'payee',
  ProviderNo: 'provider_no',
} as const;
export type ContradictionKind = (typeof ContradictionKind)[keyof typeof ContradictionKind];

/** GET /api/hq/payout-contradictions?open=1 ; POST …/:id/resolve {reason} */
export interface PayoutContradiction {
  id: string;
  transferId: string | null;
  outBillNo: string;
  kind: ContradictionKind;
  ours: string;
  theirs: string;
  seenAt: number;
  resolvedAt: number | null;
  resolution: string | null;
}

/** GET /api/guide/balance */
export interface GuideBalance {
  pendingFen: Fen;
  frozenFen: Fen;
  /** May be negative (R5.3): then it holds payouts that are not yet submitted. */
  availableFen: Fen;
  /** Asked for and not yet arrived. */
  payingFen: Fen;
  /** What has arrived: net. */
  paidFen: Fen;
  /** Tax of it. */
  withheldFen: Fen;
  payeeType: PayeeType;
  limits: { transferMinFen: Fen; transferMaxFen: Fen; dayMaxFen: Fen; leftTodayFen: Fen };
  /** What a request may ask for now; 0 when `refusal` says why not. */
  requestableFen: Fen;
  refusal: string | null;
}

/** POST /api/guide/payouts (Idempotency-Key) → Payout; GET lists, newest first. */
export interface PayoutInput {
  amountFen: Fen;
}

/** GET /api/hq/payouts?state= ; POST /api/hq/payouts/:id/approve | reject | cancel | settle-by-payroll {reason} */
export interface HqPayout extends Payout {
  guideId: string;
  guideName: string;
  payeeType: PayeeType;
}

/** One account over a month: opening + moves = closing, to the fen. */
export interface StatementAccount {
  openingFen: Fen;
  closingFen: Fen;
}

export interface StatementLine {
  at: number;
  /** In Chinese. */
  text: string;
  /** Into (+) or out of (−) the account. */
  amountFen: Fen;
  account: 'pending' | 'frozen' | 'available' | 'paying' | 'paid' | 'withheld';
  /** The commission that it is about; null for payouts. */
  entryId: string | null;
  orderNumber: string | null;
}

/** GET /api/guide/statements/:month and /api/hq/guides/:id/statements/:month, `2026-11`, Asia/Shanghai. */
export interface Statement {
  month: string;
  guideName: string;
  storeName: string;
  accounts: Record<StatementLine['account'], StatementAccount>;
  /**
   * Sums over the month. accrued − reversed − lapsed + disputed is what all accounts together grew by; released is what
   * became available, paidOut what arrived, withheld the tax of that, returned what came back of payouts. Only `disputed` can be negative.
   */
  totals: {
    accruedFen: Fen;
    releasedFen: Fen;
    reversedFen: Fen;
    /** Tails whose condition was not met in time (R4.6). */
    lapsedFen: Fen;
    disputedFen: Fen;
    paidOutFen: Fen;
    withheldFen: Fen;
    returnedFen: Fen;
  };
  lines: StatementLine[];
}
