import type { LedgerSummary } from '@mall/shared/hq';
import { type Fen, fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { accountName, type Bucket } from './domain/posting.js';

interface AccountRow {
  ownerKind: string;
  ownerId: string;
  bucket: string;
  balanceFen: number;
}

/** Balances as folds of the legs (R5.1), and for screens the running sums that those prove. */
@Injectable()
export class LedgerQueries {
  constructor(private readonly database: Database) {}

  async summary(): Promise<LedgerSummary> {
    const totals = await this.database.first<{ legs: number; sumFen: number | null }>(
      'SELECT COUNT(*) AS legs, SUM(amountFen) AS sumFen FROM ledger_legs',
    );
    const transactions = await this.database.first<{ n: number }>('SELECT COUNT(*) AS n FROM ledger_transactions');
    const accounts = await this.database.query<AccountRow>(
      `SELECT ownerKind, ownerId, bucket, SUM(amountFen) AS balanceFen FROM ledger_legs
       GROUP BY ownerKind, ownerId, bucket ORDER BY ownerKind, ownerId, bucket`,
    );
    return {
      transactions: Number(transactions?.n ?? 0),
      legs: Number(totals?.legs ?? 0),
      sumFen: fen(Number(totals?.sumFen ?? 0)),
      accounts: accounts.map((row) => ({
        account: [row.ownerKind, row.ownerId, row.bucket].filter((part) => part !== '').join(':'),
        balanceFen: fen(Number(row.balanceFen)),
      })),
    };
  }

  /** Bucket → balance of one payee. */
  async balancesOf(reader: Reader, ownerKind: 'guide' | 'store', ownerId: string): Promise<Map<string, Fen>> {
    const rows = await reader.query<AccountRow>(
      `SELECT bucket, SUM(amountFen) AS balanceFen FROM ledger_legs WHERE ownerKind = ? AND ownerId = ? GROUP BY bucket`,
      [ownerKind, ownerId],
    );
    return new Map(rows.map((row) => [row.bucket, fen(Number(row.balanceFen))]));
  }

  /** The same from the running sums, for screens: a veteran's legs are many. Reconciliation proves that they agree. */
  async runningBalancesOf(reader: Reader, ownerKind: 'guide' | 'store', ownerId: string): Promise<Map<string, Fen>> {
    const buckets: Bucket[] = ['pending', 'frozen', 'available', 'paying', 'paid'];
    const accounts = buckets.map((bucket) => accountName({ ownerKind, ownerId, bucket }));
    const rows = await reader.query<{ bucket: string; balanceFen: Fen }>(
      `SELECT bucket, balanceFen FROM ledger_balances WHERE account IN (${accounts.map(() => '?').join(', ')})`,
      accounts,
    );
    return new Map(rows.map(({ bucket, balanceFen }) => [bucket, fen(Number(balanceFen))]));
  }
}
