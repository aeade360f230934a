import { type CommissionEntry, CommissionState } from '@mall/shared/guides';
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { type EntryMoney, PaidQueries } from '../statements/statements.public.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { standingOf } from './domain/commission-moves.js';

export type OrderCommission = CommissionEntry & { payeeKind: string; payeeId: string };

/** Reads of commission entries. */
@Injectable()
export class CommissionQueries {
  constructor(
    private readonly database: Database,
    private readonly paid: PaidQueries,
  ) {}

  /** A guide's entries, newest first. `paid` is derived, so it is filtered here and not by the database. */
  async page(
    guideId: string,
    { state, cursor, limit }: { state?: string; cursor?: string; limit: number },
  ): Promise<Page<CommissionEntry>> {
    const money = await this.paid.ofGuide(this.database, guideId);
    const stored = state === CommissionState.Paid ? CommissionState.Available : state;
    const found: CommissionEntryEntity[] = [];
    let below = cursor ?? NEWEST;
    while (found.length <= limit) {
      const rows = await this.database.query<CommissionEntryEntity>(
        `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ? AND state = COALESCE(?, state)
           AND id < ? ORDER BY id DESC LIMIT ${limit + 1}`,
        [guideId, stored ?? null, below],
      );
      found.push(...rows.filter((row) => state === undefined || stateOf(row, money.get(row.id)) === state));
      const last = rows.at(-1);
      if (last === undefined || rows.length <= limit) break;
      below = last.id;
    }
    return pageOf(found, limit, (row) => toEntry(row, money.get(row.id)));
  }

  /** Every payee's entries on one order. */
  async ofOrder(reader: Reader, orderId: string): Promise<OrderCommission[]> {
    const rows = await reader.query<CommissionEntryEntity>(
      'SELECT * FROM commission_entries WHERE orderId = ? ORDER BY id',
      [orderId],
    );
    return rows.map((row) => ({ ...toEntry(row), payeeKind: row.payeeKind, payeeId: row.payeeId }));
  }

  /** Guides who hold a commission of the order now, each once. */
  async guideHolders(reader: Reader, orderId: string): Promise<string[]> {
    const rows = await reader.query<{ payeeId: string }>(
      `SELECT DISTINCT payeeId FROM commission_entries WHERE orderId = ? AND payeeKind = 'guide' ORDER BY payeeId`,
      [orderId],
    );
    return rows.map(({ payeeId }) => payeeId);
  }

  /** Order id → what the guide has of it; orders without any are absent. */
  async ofGuideByOrder(reader: Reader, guideId: string, orderIds: readonly string[]): Promise<Map<string, Fen>> {
    if (orderIds.length === 0) return new Map();
    const rows = await reader.query<CommissionEntryEntity>(
      `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ?
         AND orderId IN (${orderIds.map(() => '?').join(', ')})`,
      [guideId, ...orderIds],
    );
    const sums = new Map<string, Fen>();
    for (const row of rows) sums.set(row.orderId, fen((sums.get(row.orderId) ?? ZERO_FEN) + standingOf(row)));
    return sums;
  }
}

/** R5.2, R5.3: `paid` when payouts have taken all of what became available. */
export function stateOf(row: CommissionEntryEntity, money: EntryMoney | undefined): CommissionState {
  if (row.state !== 'available' || money === undefined) return row.state;
  return money.paidFen > 0 && money.openFen === 0 ? CommissionState.Paid : CommissionState.Available;
}

export function toEntry(row: CommissionEntryEntity, money?: EntryMoney): CommissionEntry {
  return {
    id: row.id,
    orderId: row.orderId,
    orderNumber: row.orderNumber,
    title: row.title,
    optionText: row.optionText,
    state: stateOf(row, money),
    amountFen: standingOf(row),
    accruedAt: row.accruedAt,
    availableAt: row.availableAt,
  };
}
