import type { CommissionEntry, CommissionReceipt, CommissionState } from '@mall/shared/guides';
import { bps, type Fen, fen } from '@mall/shared/money';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { Guides } from '../guides/guides.public.js';
import { type CommissionRuleEntity, percentText, ruleSentence } from '../rates/rates.public.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import { standingOf } from './domain/commission-moves.js';

const PAGE = 20;

/** Reads of commission entries. */
@Injectable()
export class CommissionQueries {
  constructor(
    private readonly database: Database,
    private readonly guides: Guides,
    private readonly attribution: AttributionQueries,
  ) {}

  /** A guide's entries, newest first. */
  async page(guideId: string, state: string | undefined, cursor: string | undefined): Promise<Page<CommissionEntry>> {
    const rows = await this.database.query<CommissionEntryEntity>(
      `SELECT * FROM commission_entries WHERE payeeKind = 'guide' AND payeeId = ? AND state = COALESCE(?, state)
         AND id < ? ORDER BY id DESC LIMIT ${PAGE + 1}`,
      [guideId, state ?? null, cursor ?? '~'],
    );
    const items = rows.slice(0, PAGE);
    return { items: items.map(toEntry), nextCursor: rows.length > PAGE ? (items.at(-1)?.id ?? null) : null };
  }

  /** R5.6. `guideId` null: HQ asks. Null for an unknown id and for somebody else's alike. */
  async receipt(entryId: string, guideId: string | null): Promise<CommissionReceipt | null> {
    const entry = await this.database.first<CommissionEntryEntity>('SELECT * FROM commission_entries WHERE id = ?', [
      entryId,
    ]);
    if (entry === null || (guideId !== null && (entry.payeeKind !== 'guide' || entry.payeeId !== guideId))) return null;
    const rule = await this.database.first<CommissionRuleEntity>('SELECT * FROM commission_rules WHERE id = ?', [
      entry.ruleId,
    ]);
    if (rule === null) throw new Error(`rule ${entry.ruleId} is gone`);
    const guide = entry.payeeKind === 'guide' ? await this.guides.find(this.database, entry.payeeId) : null;
    const { sentence } = await this.attribution.forCustomer(this.database, entry.orderId);
    return {
      ...toEntry(entry),
      guideName: guide?.name ?? '',
      storeName: guide?.storeName ?? '',
      goodsFen: entry.goodsFen,
      discountFen: entry.discountFen,
      baseFen: entry.baseFen,
      refundedBaseFen: entry.refundedBaseFen,
      bps: bps(entry.rateBps),
      ruleId: entry.ruleId,
      ruleText: ruleSentence(rule),
      computationText: computationText(entry.baseFen, entry.rateBps),
      tail: null,
      paidFen: fen(0),
      movedText: null,
      refunds: [],
      postedFen: entry.postedFen,
      reversedFen: entry.reversedFen,
      receivedAt: entry.receivedAt,
      finalAt: entry.finalAt,
      attributionSentence: sentence,
      history: await this.history(entry),
    };
  }

  /** HQ's list of an order's entries. */
  async ofOrder(orderId: string): Promise<(CommissionEntry & { payeeKind: string; payeeId: string })[]> {
    const rows = await this.database.query<CommissionEntryEntity>(
      'SELECT * FROM commission_entries WHERE orderId = ? ORDER BY id',
      [orderId],
    );
    return rows.map((row) => ({ ...toEntry(row), payeeKind: row.payeeKind, payeeId: row.payeeId }));
  }

  /** What the ledger says happened to the entry, oldest first. */
  private async history(entry: CommissionEntryEntity): Promise<CommissionReceipt['history']> {
    const rows = await this.database.query<{ fact: string; occurredAt: number; amountFen: number }>(
      `SELECT t.fact, t.occurredAt, l.amountFen FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId
       WHERE l.orderId = ? AND l.entryId = ? AND l.ownerKind = ?
         AND (l.amountFen > 0 OR t.fact = 'reversed') ORDER BY t.occurredAt, t.id`,
      [entry.orderId, entry.id, entry.payeeKind],
    );
    return rows.map(({ fact, occurredAt, amountFen }) => ({
      at: occurredAt,
      text: FACT_WORDS[fact] ?? fact,
      amountFen: fen(amountFen),
    }));
  }
}

const FACT_WORDS: Record<string, string> = {
  accrued: '顾客付款，佣金待收货',
  frozen: '顾客收货，佣金冻结中',
  released: '售后期结束，佣金可用',
  reversed: '顾客退款，扣回相应部分',
};

function toEntry(row: CommissionEntryEntity): CommissionEntry {
  return {
    id: row.id,
    orderId: row.orderId,
    orderNumber: row.orderNumber,
    title: row.title,
    optionText: row.optionText,
    state: row.state as CommissionState,
    amountFen: standingOf(row),
    accruedAt: row.accruedAt,
    availableAt: row.availableAt,
  };
}

/** `17594 分 × 7.5% = 1319.55 分`, from whole numbers: the exact product before it is rounded down (R1.3). */
export function computationText(baseFen: Fen, rateBps: number): string {
  const exact = (BigInt(baseFen) * BigInt(rateBps)).toString().padStart(5, '0');
  const fraction = exact.slice(-4).replace(/0+$/, '');
  const product = `${exact.slice(0, -4)}${fraction === '' ? '' : `.${fraction}`}`;
  return `${baseFen} 分 × ${percentText(rateBps)} = ${product} 分`;
}
