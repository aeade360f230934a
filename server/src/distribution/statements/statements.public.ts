export type { EntryMoney } from './domain/derive-paid.js';
export { PaidQueries } from './paid.queries.js';
export { StatementsModule } from './statements.module.js';
