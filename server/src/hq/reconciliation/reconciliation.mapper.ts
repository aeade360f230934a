import type { ReconciliationReport, ReconciliationRun } from '@mall/shared/reconciliation';
import type { Reconciliation } from './reconcile.js';
import type { ReconciliationRunEntity } from './reconciliation-run.entity.js';

/** A stored run, without the rows. */
export function toRun(row: ReconciliationRunEntity): ReconciliationRun {
  const { id, cause, businessDay, startedAt, finishedAt, compared, differences } = row;
  const { inFlight = 0, checks = [] } = JSON.parse(row.reportJson) as Partial<Reconciliation>;
  return { id, cause, businessDay, startedAt, finishedAt, compared, inFlight, differences, checks };
}

/** A stored run with the differences that were kept. */
export function toReport(row: ReconciliationRunEntity): ReconciliationReport {
  const { rows = [] } = JSON.parse(row.reportJson) as Partial<Reconciliation>;
  return { ...toRun(row), rows };
}
