/** Whose order it was, for each who may ask (R3), and appeals against it. Instants are business-clock epoch ms. */
import type { Fen } from './money.js';

/** A candidate of the decision, as the reader may see her. */
export interface AttributionCandidateView {
  kind: 'binding' | 'touch' | 'coupon';
  /** Null: another guide, whom the reader need not know. */
  guideName: string | null;
  isMine: boolean;
  outcome: 'won' | 'lost';
  reason: string | null;
  sentence: string;
  at: number | null;
}

/** GET /api/guide/orders/:id/attribution — for a guide who had a hand in it; 404 for everybody else's. */
export interface GuideAttribution {
  orderId: string;
  orderNumber: string;
  branch: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  /** True when the order, or a line of it, is hers. */
  isMine: boolean;
  sentence: string;
  /** Her own candidacies by name, the winner's as `another guide`. */
  candidates: AttributionCandidateView[];
  decidedAt: number;
  dispute: Dispute | null;
  /** Whether she may appeal, and in Chinese why not. */
  appeal: { allowed: boolean; refusal: string | null };
}

/** GET /api/orders/:id/attribution — for the customer: who serves her and why, and nobody who lost. */
export interface CustomerOrderAttribution {
  orderId: string;
  guide: { name: string; storeName: string } | null;
  storeName: string | null;
  branch: 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
  sentence: string;
  decidedAt: number;
}

/** GET /api/guide/orders — orders in which she had a hand, newest first. */
export interface GuideOrder {
  orderId: string;
  orderNumber: string;
  outcome: 'won' | 'lost';
  /** R3.5: she helped and another won. */
  isAssist: boolean;
  /** In Chinese; null when she won. */
  reason: string | null;
  decidedAt: number;
  /** Her commission on it, 0 when she lost; null until it is paid for, when there is none to know yet. */
  commissionFen: Fen | null;
  disputeState: DisputeState | null;
}

export const DisputeState = { Open: 'open', Granted: 'granted', Refused: 'refused', Withdrawn: 'withdrawn' } as const;
export type DisputeState = (typeof DisputeState)[keyof typeof DisputeState];

/** POST /api/guide/orders/:id/dispute {note?}: one tap. Again: the same dispute. */
export interface DisputeInput {
  note?: string;
}

export interface Dispute {
  id: string;
  orderId: string;
  orderNumber: string;
  state: DisputeState;
  note: string | null;
  openedAt: number;
  decidedAt: number | null;
  /** HQ's. */
  reason: string | null;
  /** What the decision gave her; null while undecided. */
  movedFen: Fen | null;
}

/** GET /api/hq/disputes?state= and /:id — the latter with the evidence as it stood at the appeal. */
export interface HqDispute extends Dispute {
  guideId: string;
  guideName: string;
  evidence?: unknown;
}

/** POST /api/hq/disputes/:id/decide */
export interface DisputeDecision {
  outcome: 'granted' | 'refused';
  reason: string;
}
