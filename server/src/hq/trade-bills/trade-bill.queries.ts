import { fen } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import type { BillDifference, TradeBillSummary } from '@mall/shared/trade-bills';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { notFound } from '../../platform/http/problem.js';
import type { BillDifferenceEntity } from './bill-difference.entity.js';
import type { TradeBillEntity } from './trade-bill.entity.js';
import type { BillDifferenceQuery } from './trade-bills.dto.js';

type BillRow = TradeBillEntity & { openDifferences: number | string };

const BILL = `SELECT b.*, (SELECT COUNT(*) FROM bill_differences d WHERE d.billDate = b.billDate AND d.state = 'open')
  AS openDifferences FROM trade_bills b`;

/** Trade bills and what they differ in. */
@Injectable()
export class TradeBillQueries {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async page({ cursor, limit }: { cursor?: string; limit: number }): Promise<Page<TradeBillSummary>> {
    const rows = await this.database.query<BillRow>(`${BILL} WHERE b.id < ? ORDER BY b.id DESC LIMIT ${limit + 1}`, [
      cursor ?? NEWEST,
    ]);
    return pageOf(rows, limit, toSummary);
  }

  /** Throws 404 when nobody has asked for that day. */
  async get(billDate: string): Promise<TradeBillSummary> {
    const row = await this.database.first<BillRow>(`${BILL} WHERE b.billDate = ?`, [billDate]);
    if (row === null) throw notFound();
    return toSummary(row);
  }

  async differences({ cursor, limit, state, billDate }: BillDifferenceQuery): Promise<Page<BillDifference>> {
    const day = billDate === undefined ? '' : 'AND billDate = ?';
    const rows = await this.database.query<BillDifferenceEntity>(
      `SELECT * FROM bill_differences WHERE state = ? AND id < ? ${day} ORDER BY id DESC LIMIT ${limit + 1}`,
      [state ?? 'open', cursor ?? NEWEST, ...(billDate === undefined ? [] : [billDate])],
    );
    return pageOf(rows, limit, toDifference);
  }
}

function toSummary(row: BillRow): TradeBillSummary {
  const { billDate, state, rowCount: rows, orderFen, refundFen, openDifferences, lastError, storedAt } = row;
  return {
    billDate,
    state,
    rows,
    orderFen: fen(orderFen),
    refundFen: fen(refundFen),
    openDifferences: Number(openDifferences),
    lastError,
    storedAt,
  };
}

function toDifference({ billRowJson, ourRowJson, ...row }: BillDifferenceEntity): BillDifference {
  const parsed = (json: string | null) => (json === null ? null : JSON.parse(json));
  return { ...row, billRow: parsed(billRowJson), ourRow: parsed(ourRowJson) };
}
