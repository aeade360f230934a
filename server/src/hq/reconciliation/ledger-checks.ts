import type { Reader } from '../../platform/database/tx.js';
import { computed, type Findings, side } from './domain/findings.js';
import type { PayeeAccounts } from './domain/payee-accounts.js';
import { COLUMNS } from './order-files.js';

const WINDOW = 5_000;

interface TransactionRow {
  id: string;
  sourceKind: string;
  sourceId: string;
  payee: string;
  fact: string;
}

/** What a posting may be about (R5.1), and the table that must know its source. */
const SOURCES: { kind: string; facts: readonly string[]; table: string }[] = [
  { kind: 'order', facts: ['paid'], table: 'orders' },
  {
    kind: 'commission-entry',
    facts: ['accrued', 'frozen', 'released', 'vested', 'lapsed'],
    table: 'commission_entries',
  },
  { kind: 'refund', facts: ['paid-back', 'reversed'], table: 'refunds' },
  { kind: 'dispute', facts: ['moved', 'accrued'], table: 'disputes' },
  { kind: 'payout', facts: ['payout-requested', 'payout-returned'], table: 'payout_requests' },
  { kind: 'payout-transfer', facts: ['payout-paid', 'payout-returned', 'payout-paid-late'], table: 'payout_transfers' },
];

/** Walks the whole ledger in windows of ids: sums in SQL, so that only what does not fit is sent. */
export class LedgerChecks {
  constructor(
    private readonly reader: Reader,
    private readonly found: Findings,
    private readonly accounts: PayeeAccounts,
    private readonly signal?: AbortSignal,
  ) {}

  async run(): Promise<void> {
    await this.inWindows('ledger_transactions', async (after, upTo) => {
      await this.checkTransactions(after, upTo);
      await this.checkSources(after, upTo);
    });
    await this.inWindows('ledger_legs', (after, upTo) => this.foldLegs(after, upTo));
    await this.checkLegs();
    this.found.equal('ledger-total', {
      subject: 'ledger',
      sentence: '全部明细合计不为零',
      left: computed('zero', 0),
      right: computed('sum of ledger_legs', this.accounts.totalFen, { sumFen: this.accounts.totalFen }),
    });
    await this.checkBalances();
  }

  /** Calls `check` with one range of ids after another: after < id <= upTo. */
  private async inWindows(table: string, check: (after: string, upTo: string) => Promise<void>): Promise<void> {
    let after = '';
    for (;;) {
      this.signal?.throwIfAborted();
      const next = await this.reader.first<{ id: string | null }>(
        `SELECT MAX(id) AS id FROM (SELECT id FROM ${table} WHERE id > ? ORDER BY id LIMIT ${WINDOW}) w`,
        [after],
      );
      if (next === null || next.id === null) return;
      await check(after, next.id);
      after = next.id;
    }
  }

  private async checkTransactions(after: string, upTo: string): Promise<void> {
    const wrong = await this.reader.query<
      TransactionRow & { legs: number; sumFen: number | null; least: number | null }
    >(
      `SELECT t.id, t.sourceKind, t.sourceId, t.payee, t.fact, COUNT(l.id) AS legs, SUM(l.amountFen) AS sumFen,
         MIN(ABS(l.amountFen)) AS least
       FROM ledger_transactions t LEFT JOIN ledger_legs l ON l.transactionId = t.id
       WHERE t.id > ? AND t.id <= ? GROUP BY t.id, t.sourceKind, t.sourceId, t.payee, t.fact
       HAVING COUNT(l.id) < 2 OR SUM(l.amountFen) <> 0 OR MIN(ABS(l.amountFen)) = 0`,
      [after, upTo],
    );
    await this.countRows('ledger-transactions', after, upTo, wrong.length);
    for (const { legs, sumFen, least, ...row } of wrong) {
      const rows = await this.reader.query<object>(
        `SELECT ${COLUMNS.ledger_legs} FROM ledger_legs WHERE transactionId = ? ORDER BY id`,
        [row.id],
      );
      const fold = Object.fromEntries(rows.map((leg, nth) => [`leg ${nth + 1}`, JSON.stringify(leg)]));
      this.found.holds('ledger-transactions', false, {
        subject: row.id,
        sentence: `分录有 ${Number(legs)} 条明细，合计 ${Number(sumFen ?? 0)} 分${Number(least) === 0 ? '，有为零的明细' : ''}`,
        left: side('ledger_transactions', row, 0),
        right: side('ledger_legs', rows.length === 0 ? null : fold, Number(sumFen ?? 0)),
      });
    }
  }

  private async checkSources(after: string, upTo: string): Promise<void> {
    const known = SOURCES.map(({ kind, facts, table }) => {
      const named = facts.map((fact) => `'${fact}'`).join(', ');
      return `(t.sourceKind = '${kind}' AND t.fact IN (${named}) AND EXISTS (SELECT 1 FROM ${table} s WHERE s.id = t.sourceId))`;
    });
    const wrong = await this.reader.query<TransactionRow>(
      `SELECT t.id, t.sourceKind, t.sourceId, t.payee, t.fact FROM ledger_transactions t
       WHERE t.id > ? AND t.id <= ? AND NOT (${known.join(' OR ')}) ORDER BY t.id`,
      [after, upTo],
    );
    await this.countRows('ledger-sources', after, upTo, wrong.length);
    for (const row of wrong) {
      this.found.holds('ledger-sources', false, {
        subject: row.id,
        sentence: '分录的来源单据不存在，或不是已知的业务事实',
        left: side('ledger_transactions', row),
        right: side(SOURCES.find(({ kind }) => kind === row.sourceKind)?.table ?? 'unknown source', null),
      });
    }
  }

  /** The rows that fit were compared too. */
  private async countRows(
    check: 'ledger-transactions' | 'ledger-sources',
    after: string,
    upTo: string,
    wrong: number,
  ): Promise<void> {
    const row = await this.reader.first<{ n: number }>(
      'SELECT COUNT(*) AS n FROM ledger_transactions WHERE id > ? AND id <= ?',
      [after, upTo],
    );
    this.found.fit(check, Number(row?.n ?? 0) - wrong);
  }

  private async foldLegs(after: string, upTo: string): Promise<void> {
    const sums = await this.reader.query<{ ownerKind: string; ownerId: string; bucket: string; sumFen: number }>(
      `SELECT ownerKind, ownerId, bucket, SUM(amountFen) AS sumFen FROM ledger_legs
       WHERE id > ? AND id <= ? GROUP BY ownerKind, ownerId, bucket`,
      [after, upTo],
    );
    for (const { ownerKind, ownerId, bucket, sumFen } of sums) {
      const name = [ownerKind, ownerId, bucket].filter((part) => part !== '').join(':');
      this.accounts.addLegs(name, Number(sumFen));
    }
  }

  private async checkLegs(): Promise<void> {
    const all = await this.reader.first<{ n: number }>('SELECT COUNT(*) AS n FROM ledger_legs');
    const inside = await this.reader.first<{ n: number }>(
      'SELECT COUNT(*) AS n FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId',
    );
    const lost = Number(all?.n ?? 0) - Number(inside?.n ?? 0);
    this.found.fit('ledger-legs', Number(inside?.n ?? 0));
    if (lost === 0) return;
    const legs = await this.reader.query<{ id: string; amountFen: number }>(
      `SELECT ${COLUMNS.ledger_legs} FROM ledger_legs l
       WHERE NOT EXISTS (SELECT 1 FROM ledger_transactions t WHERE t.id = l.transactionId) ORDER BY l.id`,
    );
    for (const leg of legs) {
      this.found.holds('ledger-legs', false, {
        subject: leg.id,
        sentence: '明细没有分录',
        left: side('ledger_legs', leg, leg.amountFen),
        right: side('ledger_transactions', null),
      });
    }
  }

  private async checkBalances(): Promise<void> {
    const folds = this.accounts.foldsOfPayees;
    let after = '';
    for (;;) {
      const rows = await this.reader.query<{ account: string; balanceFen: number }>(
        `SELECT account, ownerKind, ownerId, bucket, balanceFen FROM ledger_balances WHERE account > ?
         ORDER BY account LIMIT ${WINDOW}`,
        [after],
      );
      for (const row of rows) {
        const fold = folds.get(row.account);
        folds.delete(row.account);
        this.found.holds('ledger-balances', fold === row.balanceFen, {
          subject: row.account,
          sentence: fold === undefined ? '余额没有任何明细' : '余额不等于其明细之和',
          left: side('ledger_balances', row, row.balanceFen),
          right: computed('sum of ledger_legs', fold ?? 0, { account: row.account, foldFen: fold ?? null }),
        });
      }
      if (rows.length < WINDOW) break;
      after = rows.at(-1)?.account ?? after;
    }
    for (const [account, fold] of folds) {
      this.found.holds('ledger-balances', false, {
        subject: account,
        sentence: '账户有明细而没有余额',
        left: side('ledger_balances', null, 0),
        right: computed('sum of ledger_legs', fold, { account, foldFen: fold }),
      });
    }
  }
}
