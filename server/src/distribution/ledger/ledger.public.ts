export { type Account, type Bucket, type Leg, move } from './domain/posting.js';
export { Ledger, type Posting } from './ledger.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerQueries } from './ledger.queries.js';
