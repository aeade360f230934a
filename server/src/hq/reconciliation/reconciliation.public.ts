export { type Reconciliation, reconcile } from './reconcile.js';
export { ReconciliationModule } from './reconciliation.module.js';
