import type { CustomerOrderAttribution } from '@mall/shared/disputes';
import type { AttributionView } from '@mall/shared/hq';
import type { Page } from '@mall/shared/paging';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import { NEWEST } from '../../platform/http/page.js';
import type { AttributionEntity } from './attribution.entity.js';
import type { AttributionCandidateEntity } from './attribution-candidate.entity.js';
import { type GuideView, guideView, hqView, readStored } from './attribution-views.js';
import { reasonText } from './domain/attribution-sentences.js';
import type { AttributionDecision } from './domain/decide-attribution.js';

/** What a customer may see of whose sale her order is. */
export interface CustomerAttribution {
  guide: { name: string; storeName: string } | null;
  sentence: string;
}

/** An order in which a guide had a hand. */
export interface GuideOrderRow {
  orderId: string;
  outcome: 'won' | 'lost';
  isAssist: boolean;
  /** In Chinese; null when she won. */
  reason: string | null;
  decidedAt: number;
}

/** Reads of frozen decisions. */
@Injectable()
export class AttributionQueries {
  /**
   * HQ's view: the winner, every loser and why; null for an unknown order.
   *
   * @param withEvidence adds the raw facts as stored (R3.4)
   */
  async view(reader: Reader, orderId: string, withEvidence = false): Promise<AttributionView | null> {
    const row = await this.row(reader, orderId);
    if (row === null) return null;
    const view = hqView(readStored(row));
    return withEvidence ? { ...view, evidence: JSON.parse(row.evidenceJson) as unknown } : view;
  }

  /** The customer's view names the winner only: who lost is not hers to know. */
  async forCustomer(reader: Reader, orderId: string): Promise<CustomerAttribution> {
    const { guide, sentence } = await this.forCustomerOrder(reader, orderId);
    return { guide, sentence };
  }

  /** The same with branch, store and time. Whose order it is, the caller has asked. */
  async forCustomerOrder(reader: Reader, orderId: string): Promise<CustomerOrderAttribution> {
    const row = await this.row(reader, orderId);
    if (row === null) throw new Error(`order ${orderId} has no attribution`);
    const { branch, guideName, storeName } = JSON.parse(row.decisionJson) as AttributionDecision;
    const guide = guideName === null ? null : { name: guideName, storeName: storeName ?? '' };
    return { orderId, guide, storeName, branch, sentence: row.sentence, decidedAt: row.decidedAt };
  }

  /** A guide's view of an order in which she had a hand; null for every other order, known or not. */
  async forGuide(reader: Reader, orderId: string, guideId: string): Promise<GuideView | null> {
    const row = await this.row(reader, orderId);
    return row === null ? null : guideView(readStored(row), guideId);
  }

  /** The orders in which a guide had a hand, newest first; the cursor is the last order's id. */
  async ordersOf(
    reader: Reader,
    guideId: string,
    { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<Page<GuideOrderRow>> {
    const rows = await reader.query<AttributionCandidateEntity>(
      `SELECT * FROM attribution_candidates WHERE guideId = ? AND orderId < ? ORDER BY orderId DESC LIMIT ${limit + 1}`,
      [guideId, cursor ?? NEWEST],
    );
    const shown = rows.slice(0, limit);
    return {
      items: shown.map(({ orderId, outcome, isAssist, reason, decidedAt }) => ({
        orderId,
        outcome,
        isAssist: isAssist === 1,
        reason: reason === null ? null : reasonText(reason),
        decidedAt,
      })),
      nextCursor: rows.length > limit ? (shown.at(-1)?.orderId ?? null) : null,
    };
  }

  /** Whether a guide won anything of an order that was created after `after`, paid for or not. */
  async wonOrdersAfter(reader: Reader, guideId: string, after: number): Promise<string[]> {
    const rows = await reader.query<{ orderId: string }>(
      `SELECT orderId FROM attribution_candidates
       WHERE guideId = ? AND decidedAt > ? AND outcome = 'won' ORDER BY decidedAt DESC LIMIT 100`,
      [guideId, after],
    );
    return rows.map(({ orderId }) => orderId);
  }

  /** A candidate's tier and store as they were at the decision; null when she was none, or before they were kept. */
  async termsOf(reader: Reader, orderId: string, guideId: string): Promise<{ tier: string; storeId: string } | null> {
    return reader.first<{ tier: string; storeId: string }>(
      'SELECT tier, storeId FROM attribution_candidates WHERE orderId = ? AND guideId = ?',
      [orderId, guideId],
    );
  }

  /** Decision and evidence as stored, to be kept with an appeal; null for an unknown order. */
  async snapshot(reader: Reader, orderId: string): Promise<{ decisionJson: string; evidenceJson: string } | null> {
    const row = await this.row(reader, orderId);
    return row && { decisionJson: row.decisionJson, evidenceJson: row.evidenceJson };
  }

  private row(reader: Reader, orderId: string): Promise<AttributionEntity | null> {
    return reader.first<AttributionEntity>('SELECT * FROM attributions WHERE orderId = ?', [orderId]);
  }
}
