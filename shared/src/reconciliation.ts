/**
 * R5.7: orders, payments, ledger, commissions and payouts compared with each other. Amounts are fen. `startedAt` and
 * `finishedAt` are wall-clock epoch ms.
 */

/** What one side of a comparison says: a row of a table, or a figure that was worked out. */
export interface ReconciliationSide {
  /** The table, or `computed: …`. */
  source: string;
  /** Columns of the row; null: there is none. */
  row: Record<string, string | number | null> | null;
  amountFen: number | null;
}

export interface ReconciliationDifference {
  check: string;
  /** The id that it is about. */
  subject: string;
  /** In Chinese: what does not fit. */
  sentence: string;
  left: ReconciliationSide;
  right: ReconciliationSide;
  /** left − right; null where it is not about an amount. */
  differenceFen: number | null;
}

export interface ReconciliationCheck {
  name: string;
  /** In Chinese: what must hold. */
  sentence: string;
  compared: number;
  /** Not yet comparable: an event of the order still waits for its handler, or a job is due. */
  inFlight: number;
  differences: number;
}

/** GET /api/hq/reconciliations, newest first. */
export interface ReconciliationRun {
  id: string;
  cause: 'daily' | 'asked';
  /** Of the daily run: `2026-11-22`, Asia/Shanghai; null when it was asked for. */
  businessDay: string | null;
  startedAt: number;
  /** Null: still running, or its process ended. */
  finishedAt: number | null;
  compared: number;
  inFlight: number;
  differences: number;
  checks: ReconciliationCheck[];
}

/** GET /api/hq/reconciliations/:id and POST /api/hq/reconciliations: with the first differences of each check. */
export interface ReconciliationReport extends ReconciliationRun {
  rows: ReconciliationDifference[];
}
