/** Drafts of commission rules, and what a rate would have cost (R4.3). The rules themselves are in hq.ts. */
import type { CommissionRule, CommissionRuleInput } from './hq.js';
import type { Fen } from './money.js';

/** PATCH /api/hq/commission-rule-drafts/:id — 409 `revision-conflict` when somebody else changed it meanwhile. */
export interface RateDraftChange {
  revision: number;
  input: CommissionRuleInput;
}

/** POST /api/hq/commission-rule-drafts takes a CommissionRuleInput; publishing makes a rule of it. */
export interface RateDraft {
  id: string;
  state: 'draft' | 'published' | 'discarded';
  input: CommissionRuleInput;
  revision: number;
  authorStoreId: string | null;
  createdBy: string;
  createdAt: number;
  updatedAt: number;
  publishedRuleId: string | null;
}

/** POST /api/hq/commission-rules/:id/end */
export interface EndRateRequest {
  /** Epoch ms, not in the past; absent: now. */
  at?: number;
  reason: string;
}

/** What a guide, store or product got from the orders of the window, and would have got under the draft. */
export interface DryRunRow {
  /** Guide, store or product id. */
  id: string;
  name: string;
  lines: number;
  beforeFen: Fen;
  afterFen: Fen;
  /** afterFen − beforeFen. */
  differenceFen: Fen;
}

/** A sale, real or of the catalogue, that would leave less than the floor. */
export interface MarginLine {
  skuId: string;
  title: string;
  /** Null: nobody bought it in the window; the numbers are of one piece at its price of today. */
  orderLineId: string | null;
  baseFen: Fen;
  /** Of all pieces. */
  costFen: Fen;
  commissionFen: Fen;
  /** baseFen − costFen − commissionFen. */
  marginFen: Fen;
  /** marginFen × 10,000 / baseFen, rounded down. */
  marginBps: number;
}

export interface MarginCheck {
  floorBps: number;
  /** Real lines and SKUs of today's catalogue below the floor. */
  breaches: number;
  passed: number;
  /** Cost unknown, so the margin is unknown: never counted as passed. */
  unknown: number;
  /** At most 20, lowest margin first. */
  worst: MarginLine[];
}

/** POST /api/hq/commission-rule-drafts/:id/preview, POST /api/hq/commission-rules/preview */
export interface DryRun {
  /** The orders created in [from, to) were priced again. */
  from: number;
  to: number;
  /** Lines with a payee in the window; those whose rate the draft would have set. */
  lines: number;
  linesRepriced: number;
  /** Guides and stores together. */
  total: { beforeFen: Fen; afterFen: Fen; differenceFen: Fen };
  /** Largest difference first; at most 500 rows each, `rowsLeftOut` says how many more there are. */
  byGuide: DryRunRow[];
  byStore: DryRunRow[];
  byProduct: DryRunRow[];
  rowsLeftOut: { guides: number; stores: number; products: number };
  /** Guides who would have got more, and less: the ten who would have felt it most. */
  winners: { count: number; most: DryRunRow[] };
  losers: { count: number; most: DryRunRow[] };
  margin: MarginCheck;
}

/** GET /api/hq/commission-rules/history?productScopeKind=&productScopeId=&sellerScopeKind=&sellerScopeId= */
export type RateHistory = CommissionRule[];
