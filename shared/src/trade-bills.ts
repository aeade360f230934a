import type { Fen } from './money.js';

/** `wanted`: not there yet, asked for again by itself. `stored`: compared. */
export type TradeBillState = 'wanted' | 'stored';

/** GET /api/hq/trade-bills — WeChat's bill of all trades of one day (China). */
export interface TradeBillSummary {
  /** `2026-11-27` */
  billDate: string;
  state: TradeBillState;
  rows: number;
  /** Payments and refunds of the bill, by its own sums. */
  orderFen: Fen;
  refundFen: Fen;
  openDifferences: number;
  /** Why it is not there yet; null when nothing is known. */
  lastError: string | null;
  storedAt: number | null;
}

export const BillDifferenceKind = {
  /** WeChat has it, we do not. */
  MissingHere: 'missing_here',
  /** We have it, WeChat's bill does not. */
  MissingThere: 'missing_there',
  AmountDiffers: 'amount_differs',
  /** Both have it, and it ended differently. */
  StateDiffers: 'state_differs',
} as const;
export type BillDifferenceKind = (typeof BillDifferenceKind)[keyof typeof BillDifferenceKind];

type BillValues = Record<string, string | number | null>;

/** A task of HQ: both rows, until somebody says why it is settled. */
export interface BillDifference {
  id: string;
  billDate: string;
  kind: BillDifferenceKind;
  subject: 'payment' | 'refund';
  /** out_trade_no or out_refund_no. */
  number: string;
  /** Null: the bill has no such row. */
  billRow: BillValues | null;
  billFen: Fen | null;
  /** Null: there is no such row here. */
  ourRow: BillValues | null;
  ourFen: Fen | null;
  state: 'open' | 'resolved';
  resolvedBy: string | null;
  resolvedReason: string | null;
  resolvedAt: number | null;
}

/** POST /api/hq/bill-differences/{id}/resolution */
export interface BillResolution {
  reason: string;
}
