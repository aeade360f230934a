import type { AttributionView } from '@mall/shared/hq';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { AttributionEntity } from './attribution.entity.js';
import { type AttributionDecision, type AttributionEvidence, loserSentence } from './domain/decide-attribution.js';

/** What a customer may see of whose sale her order is. */
export interface CustomerAttribution {
  guide: { name: string; storeName: string } | null;
  sentence: string;
}

/** Reads of frozen decisions. */
@Injectable()
export class AttributionQueries {
  /** HQ's view: the winner, every loser and why; null for an unknown order. */
  async view(reader: Reader, orderId: string): Promise<AttributionView | null> {
    const row = await reader.first<AttributionEntity>('SELECT * FROM attributions WHERE orderId = ?', [orderId]);
    if (row === null) return null;
    const decision = JSON.parse(row.decisionJson) as AttributionDecision;
    const evidence = JSON.parse(row.evidenceJson) as AttributionEvidence;
    const nameOf = (id: string | null): string | null => evidence.guides.find((guide) => guide.id === id)?.name ?? null;
    return {
      orderId,
      branch: decision.branch,
      guideId: decision.guideId,
      guideName: decision.guideName,
      storeId: decision.storeId,
      storeName: decision.storeName,
      bindingId: decision.bindingId,
      touchId: decision.touchId,
      settingsVersion: row.settingsVersion,
      sentence: row.sentence,
      losers: decision.losers.map((loser) => ({
        kind: loser.kind,
        guideId: loser.guideId,
        guideName: nameOf(loser.guideId),
        reason: loser.reason,
        sentence: loserSentence(loser, nameOf(loser.guideId)),
      })),
      decidedAt: row.decidedAt,
    };
  }

  /** The customer's view names the winner only: who lost is not hers to know. */
  async forCustomer(reader: Reader, orderId: string): Promise<CustomerAttribution> {
    const row = await reader.first<AttributionEntity>('SELECT * FROM attributions WHERE orderId = ?', [orderId]);
    if (row === null) throw new Error(`order ${orderId} has no attribution`);
    const { guideName, storeName } = JSON.parse(row.decisionJson) as AttributionDecision;
    const guide = guideName === null ? null : { name: guideName, storeName: storeName ?? '' };
    return { guide, sentence: row.sentence };
  }
}
