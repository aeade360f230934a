export { AccrueCommission } from './accrue-commission.js';
export { CommissionModule } from './commission.module.js';
export { CommissionQueries } from './commission.queries.js';
export { CommissionEntries } from './commission-entries.js';
export type { CommissionEntryEntity } from './commission-entry.entity.js';
