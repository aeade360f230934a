import { type CommissionEntry, CommissionState } from '@mall/shared/guides';
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { SoldGoods } from '../sales/sales.public.js';
import { type EntryMoney, PaidQueries } from '../statements/statements.public.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { standingOf } from './domain/commission-moves.js';

/** Ids a query: far below what a statement may carry. */
const CHUNK = 200;

interface Asked {
  guideId: string;
  below: string;
  limit: number;
}

export type OrderCommission = CommissionEntry & { payeeKind: string; payeeId: string };

/** Reads of commission entries. */
@Injectable()
export class CommissionQueries {
  constructor(
    private readonly database: Database,
    private readonly paid: PaidQueries,
    private readonly sold: SoldGoods,
  ) {}

  /** A guide's entries, newest first. */
  async page(
    guideId: string,
    { state, cursor, limit }: { state?: string; cursor?: string; limit: number },
  ): Promise<Page<CommissionEntry>> {
    const money = await this.paid.ofGuide(this.database, guideId);
    const asked = { guideId, below: cursor ?? NEWEST, limit: limit + 1 };
    const rows =
      state === CommissionState.Paid || state === CommissionState.Available
        ? await this.released(asked, state, money)
        : await this.stored(asked, state);
    return pageOf(rows, limit, (row) => toEntry(row, money.get(row.id)));
  }

  private stored({ guideId, below, limit }: Asked, state: string | undefined): Promise<CommissionEntryEntity[]> {
    return this.database.query<CommissionEntryEntity>(
      `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ? ${state === undefined ? '' : 'AND state = ?'}
         AND id < ? ORDER BY id DESC LIMIT ${limit}`,
      [guideId, ...(state === undefined ? [] : [state]), below],
    );
  }

  /**
   * `available` and `paid` are one state in the table: which is which is in `money`, and so are the ids. Chosen there,
   * a page costs a few queries however long ago its entries were paid. What never was worth a fen is in neither.
   */
  private async released(
    { guideId, below, limit }: Asked,
    state: CommissionState,
    money: ReadonlyMap<string, EntryMoney>,
  ): Promise<CommissionEntryEntity[]> {
    const wanted = [...money]
      .filter(([id, each]) => id < below && (state === CommissionState.Available || each.openFen === 0))
      .filter(([, each]) => state === CommissionState.Paid || each.openFen > 0 || each.paidFen === 0)
      .map(([id]) => id)
      .sort()
      .reverse();
    const found: CommissionEntryEntity[] = [];
    for (let from = 0; from < wanted.length && found.length < limit; from += CHUNK) {
      const ids = wanted.slice(from, from + CHUNK);
      const rows = await this.database.query<CommissionEntryEntity>(
        `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ?
           AND id IN (${ids.map(() => '?').join(', ')}) ORDER BY id DESC`,
        [guideId, ...ids],
      );
      found.push(...rows.filter((row) => stateOf(row, money.get(row.id)) === state));
    }
    return found.slice(0, limit);
  }

  /** Every payee's entries on one order. */
  async ofOrder(reader: Reader, orderId: string): Promise<OrderCommission[]> {
    const rows = await reader.query<CommissionEntryEntity>(
      'SELECT * FROM commission_entries WHERE orderId = ? ORDER BY id',
      [orderId],
    );
    const guides = new Set(rows.flatMap(({ payeeKind, payeeId }) => (payeeKind === 'guide' ? [payeeId] : [])));
    const money = new Map<string, EntryMoney>();
    for (const guideId of guides) {
      for (const [id, each] of await this.paid.ofGuide(reader, guideId)) money.set(id, each);
    }
    return rows.map((row) => {
      const { payeeKind, payeeId } = row;
      return { ...toEntry(row, payeeKind === 'guide' ? money.get(row.id) : undefined), payeeKind, payeeId };
    });
  }

  /** Guides who hold a commission of the order now, each once. */
  async guideHolders(reader: Reader, orderId: string): Promise<string[]> {
    const rows = await reader.query<{ payeeId: string }>(
      `SELECT DISTINCT payeeId FROM commission_entries WHERE orderId = ? AND payeeKind = 'guide' ORDER BY payeeId`,
      [orderId],
    );
    return rows.map(({ payeeId }) => payeeId);
  }

  /** Order id → what the guide has of it, 0 where that is nothing; orders that are not paid for are absent. */
  async ofGuideByOrder(reader: Reader, guideId: string, orderIds: readonly string[]): Promise<Map<string, Fen>> {
    if (orderIds.length === 0) return new Map();
    const paid = await this.sold.among(reader, orderIds);
    const rows = await reader.query<CommissionEntryEntity>(
      `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ?
         AND orderId IN (${orderIds.map(() => '?').join(', ')})`,
      [guideId, ...orderIds],
    );
    const sums = new Map<string, Fen>([...paid].map((orderId) => [orderId, ZERO_FEN]));
    for (const row of rows) sums.set(row.orderId, fen((sums.get(row.orderId) ?? ZERO_FEN) + standingOf(row)));
    return sums;
  }
}

/** R5.2, R5.3: `paid` when payouts that arrived have taken all of it, the tail too. */
export function stateOf(row: CommissionEntryEntity, money: EntryMoney | undefined): CommissionState {
  if (row.state !== 'available' || money === undefined) return row.state;
  const tailToCome = row.tailFen > 0 && (row.tailState === 'waiting' || row.tailState === 'vested');
  return money.paidFen > 0 && money.openFen === 0 && !tailToCome ? CommissionState.Paid : CommissionState.Available;
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
