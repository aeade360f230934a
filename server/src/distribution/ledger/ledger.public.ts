import { LedgerBalanceEntity } from './ledger-balance.entity.js';
import { LedgerLegEntity } from './ledger-leg.entity.js';
import { LedgerTransactionEntity } from './ledger-transaction.entity.js';

export { type Account, type Leg, move } from './domain/posting.js';
export { LedgerModule } from './ledger.module.js';
export { LedgerQueries } from './ledger.queries.js';
export { Ledger, type Posting } from './ledger.js';

export const LEDGER_ENTITIES = [LedgerTransactionEntity, LedgerLegEntity, LedgerBalanceEntity];
