export { CommissionModule } from './commission.module.js';
export { CommissionQueries } from './commission.queries.js';
export { CommissionHolds } from './commission-holds.js';
export { GrantCommission } from './grant-commission.service.js';
