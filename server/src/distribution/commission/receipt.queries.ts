import type { CommissionReceipt } from '@mall/shared/guides';
import { bps, fen, ZERO_FEN } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { AttributionQueries } from '../attribution/attribution.public.js';
import { Guides } from '../guides/guides.public.js';
import { type CommissionRuleEntity, ruleSentence } from '../rates/rates.public.js';
import { PaidQueries } from '../statements/statements.public.js';
import { Stores } from '../stores/stores.public.js';
import { toEntry } from './commission.queries.js';
import type { CommissionEntryEntity } from './commission-entry.entity.js';
import type { CommissionRefundEntity } from './commission-refund.entity.js';
import { computationText, factText, movedText, REFUNDED_BEFORE, refundText, tailSentence } from './receipt-words.js';

/** R5.6: a commission that explains itself, to its payee and to HQ by the same query. */
@Injectable()
export class ReceiptQueries {
  constructor(
    private readonly database: Database,
    private readonly guides: Guides,
    private readonly stores: Stores,
    private readonly attribution: AttributionQueries,
    private readonly paid: PaidQueries,
  ) {}

  /** `guideId` null: HQ asks. Null for an unknown id and for somebody else's alike. */
  async receipt(entryId: string, guideId: string | null): Promise<CommissionReceipt | null> {
    const entry = await this.database.first<CommissionEntryEntity>('SELECT * FROM commission_entries WHERE id = ?', [
      entryId,
    ]);
    if (entry === null || (guideId !== null && (entry.payeeKind !== 'guide' || entry.payeeId !== guideId))) return null;
    const rule = await this.database.first<CommissionRuleEntity>('SELECT * FROM commission_rules WHERE id = ?', [
      entry.ruleId,
    ]);
    if (rule === null) throw new Error(`rule ${entry.ruleId} is gone`);
    const { sentence } = await this.attribution.forCustomer(this.database, entry.orderId);
    const money = entry.payeeKind === 'guide' ? await this.paid.ofGuide(this.database, entry.payeeId) : null;
    const { goodsFen, discountFen, baseFen, refundedBaseFen, ruleId, postedFen, reversedFen } = entry;
    return {
      ...toEntry(entry, money?.get(entry.id)),
      ...(await this.payeeNames(entry)),
      ...{ goodsFen, discountFen, baseFen, refundedBaseFen, ruleId, postedFen, reversedFen },
      bps: bps(entry.rateBps),
      ruleText: ruleSentence(rule),
      computationText: computationText(entry.baseFen, entry.rateBps),
      tail: tailOf(entry),
      paidFen: money?.get(entry.id)?.paidFen ?? ZERO_FEN,
      movedText: await this.moved(entry.id),
      refunds: [...refundedBefore(entry), ...(await this.refunds(entry.id))],
      receivedAt: entry.receivedAt,
      finalAt: entry.finalAt,
      attributionSentence: sentence,
      history: await this.history(entry),
    };
  }

  private async payeeNames({ payeeKind, payeeId }: CommissionEntryEntity) {
    if (payeeKind === 'store') {
      return { guideName: '', storeName: (await this.stores.find(this.database, payeeId))?.name ?? '' };
    }
    const guide = await this.guides.find(this.database, payeeId);
    return { guideName: guide?.name ?? '', storeName: guide?.storeName ?? '' };
  }

  private async moved(entryId: string): Promise<string | null> {
    const move = await this.database.first<{ reason: string | null }>(
      `SELECT d.reason FROM commission_moves m JOIN disputes d ON d.id = m.disputeId
       WHERE m.entryId = ? ORDER BY m.at DESC, m.id DESC LIMIT 1`,
      [entryId],
    );
    return move && movedText(move.reason);
  }

  private async refunds(entryId: string): Promise<CommissionReceipt['refunds']> {
    const rows = await this.database.query<CommissionRefundEntity>(
      'SELECT * FROM commission_refunds WHERE entryId = ? ORDER BY at, refundId',
      [entryId],
    );
    return rows.map(({ at, amountFen, reversedFen, bearing }) => ({
      at,
      amountFen,
      reversedFen,
      text: refundText(bearing),
    }));
  }

  /** What the ledger says happened to the entry in its present holder's hands, oldest first. */
  private async history({ orderId, id, payeeKind, payeeId }: CommissionEntryEntity) {
    const rows = await this.database.query<{ sourceKind: string; fact: string; occurredAt: number; amountFen: number }>(
      `SELECT t.sourceKind, t.fact, t.occurredAt, l.amountFen FROM ledger_legs l JOIN ledger_transactions t ON t.id = l.transactionId
       WHERE l.orderId = ? AND l.entryId = ? AND l.ownerKind = ? AND l.ownerId = ?
         AND (l.amountFen > 0 OR t.fact IN ('reversed', 'lapsed')) ORDER BY t.occurredAt, t.id`,
      [orderId, id, payeeKind, payeeId],
    );
    return rows.map(({ sourceKind, fact, occurredAt, amountFen }) => ({
      at: occurredAt,
      text: factText(sourceKind, fact),
      amountFen: fen(amountFen),
    }));
  }
}

/** A grant starts at what was left of the line: what had been refunded by then is said, so that the sums add up. */
function refundedBefore({ goodsFen, discountFen, baseFen, accruedAt }: CommissionEntryEntity) {
  const amountFen = fen(goodsFen - discountFen - baseFen);
  return amountFen === 0 ? [] : [{ at: accruedAt, amountFen, reversedFen: ZERO_FEN, text: REFUNDED_BEFORE }];
}

function tailOf(entry: CommissionEntryEntity): CommissionReceipt['tail'] {
  const { tailState, tailVesting, tailBps, tailFen, tailDueAt } = entry;
  if (tailState === 'none' || tailVesting === null) return null;
  return {
    bps: bps(tailBps),
    fen: tailFen,
    vesting: tailVesting,
    state: tailState,
    dueAt: tailDueAt,
    sentence: tailSentence({ bps: tailBps, vesting: tailVesting, state: tailState }),
  };
}
