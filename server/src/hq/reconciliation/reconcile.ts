import type { ReconciliationCheck, ReconciliationDifference } from '@mall/shared/reconciliation';
import type { Reader } from '../../platform/database/tx.js';
import { checkBills } from './bill-checks.js';
import { checkCommission, holdingsOf } from './domain/check-commission.js';
import { checkCommissionStates } from './domain/check-commission-states.js';
import { checkOrder } from './domain/check-order.js';
import { checkRefunds } from './domain/check-refunds.js';
import { checkSoldGoods } from './domain/check-sold-goods.js';
import { Findings } from './domain/findings.js';
import { PayeeAccounts } from './domain/payee-accounts.js';
import { LedgerChecks } from './ledger-checks.js';
import { checkMerchantPeriods } from './merchant-period-checks.js';
import { OrderFiles } from './order-files.js';
import { PayoutChecks } from './payout-checks.js';
import { checkStrays } from './stray-checks.js';

export interface ReconcileOptions {
  /** Business clock, epoch ms. */
  now: number;
  /** How many differences of one check are kept with their rows; all are counted. */
  keep?: number;
  signal?: AbortSignal;
}

export interface Reconciliation {
  compared: number;
  inFlight: number;
  differences: number;
  checks: ReconciliationCheck[];
  rows: ReconciliationDifference[];
}

/**
 * R5.7: compares orders, payments, refunds, commissions, payouts and the ledger row by row. Reads tables and works
 * every figure out by itself: nothing of the code that wrote them is called.
 * @param reader one that sees a single instant (readSnapshot, or a transaction): rows read later must fit earlier ones
 */
export async function reconcile(reader: Reader, options: ReconcileOptions): Promise<Reconciliation> {
  const { now, keep, signal } = options;
  const found = new Findings(keep);
  const accounts = new PayeeAccounts();
  await new LedgerChecks(reader, found, accounts, signal).run();
  const files = new OrderFiles(reader, signal);
  for await (const file of files.walk()) {
    checkOrder(file, found);
    checkRefunds(file, found);
    checkSoldGoods(file, found);
    checkCommission(file, found);
    checkCommissionStates(file, now, found);
    for (const entry of file.entries) {
      for (const [bucket, held] of Object.entries(holdingsOf(entry))) {
        accounts.addDue(`${entry.payeeKind}:${entry.payeeId}:${bucket}`, held);
      }
    }
  }
  await checkStrays(reader, found, files.seen);
  await checkBills(reader, found);
  await new PayoutChecks(reader, found, accounts, signal).run();
  await checkMerchantPeriods(reader, found, signal);
  accounts.compare(found);
  const { checks, differences: rows } = found;
  const total = (count: (check: ReconciliationCheck) => number): number =>
    checks.reduce((sum, check) => sum + count(check), 0);
  return {
    compared: total(({ compared }) => compared),
    inFlight: total(({ inFlight }) => inFlight),
    differences: total(({ differences }) => differences),
    checks,
    rows,
  };
}
