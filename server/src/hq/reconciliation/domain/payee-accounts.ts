/**
 * R5.7: what each payee's accounts must hold by the commissions and payouts, beside what the ledger's legs sum to.
 * Catches what no single document shows: a posting in order that nobody earned.
 */
import { type Findings, side } from './findings.js';

const PAYEES = /^(guide|store):/;

export class PayeeAccounts {
  private readonly folds = new Map<string, number>();
  private readonly due = new Map<string, number>();

  /** A sum of legs of `kind:owner:bucket`. */
  addLegs(account: string, amountFen: number): void {
    this.folds.set(account, (this.folds.get(account) ?? 0) + amountFen);
  }

  /** What a document says must be there. */
  addDue(account: string, amountFen: number): void {
    this.due.set(account, (this.due.get(account) ?? 0) + amountFen);
  }

  /** Accounts of payees by name, with the sum of their legs. */
  get foldsOfPayees(): Map<string, number> {
    return new Map([...this.folds].filter(([account]) => PAYEES.test(account)));
  }

  get totalFen(): number {
    return [...this.folds.values()].reduce((sum, amount) => sum + amount, 0);
  }

  compare(found: Findings): void {
    const names = new Set([...this.due.keys(), ...this.foldsOfPayees.keys()]);
    for (const account of [...names].sort()) {
      const [due, fold] = [this.due.get(account) ?? 0, this.folds.get(account) ?? 0];
      found.equal('payee-accounts', {
        subject: account,
        sentence: '账户的明细之和与其佣金、提现单据之和不一致',
        left: side('commission_entries, payout_transfers', { account, dueFen: due }, due),
        right: side('ledger_legs', { account, foldFen: fold }, fold),
      });
    }
  }
}
