import { Injectable } from '@nestjs/common';
import type { Reader, Tx } from '../../platform/database/tx.js';
import type { Guide } from '../guides/guides.public.js';
import { Stores } from '../stores/stores.public.js';
import { AttributionEntity } from './attribution.entity.js';
import { AttributionCandidateEntity } from './attribution-candidate.entity.js';
import { decideOrder } from './decide-order.js';
import { candidatesOf } from './domain/candidates-of.js';
import type { AttributionDecision, Branch } from './domain/decide-attribution.js';
import { GatherEvidence, type OrderFacts } from './gather-evidence.service.js';

/** A payee as the rate rules see her (R4.2). */
export interface LineSeller {
  guideId: string;
  tier: string;
  storeId: string;
  storeType: string;
}

/** The decision, with the seller behind each payee. */
export type FrozenAttribution = AttributionDecision & { sellers: LineSeller[] };

export interface AttributionSummary {
  branch: Branch;
  guideId: string | null;
  storeId: string | null;
  bindingId: string | null;
  touchId: string | null;
}

/** R3.1: decides once, freezes, and from then on only reads. */
@Injectable()
export class Attribution {
  constructor(
    private readonly gather: GatherEvidence,
    private readonly stores: Stores,
  ) {}

  /** Decides whose sale the order is and writes the decision with its evidence, in the order's transaction. */
  async freeze(tx: Tx, order: OrderFacts): Promise<FrozenAttribution> {
    const { evidence, guides } = await this.gather.execute(tx, order);
    const decision = decideOrder(evidence);
    await tx.insert(AttributionEntity, {
      orderId: order.orderId,
      memberId: order.memberId,
      branch: decision.branch,
      guideId: decision.guideId,
      storeId: decision.storeId,
      bindingId: decision.bindingId,
      touchId: decision.touchId,
      settingsVersion: evidence.settings.versionId,
      sentence: decision.sentence,
      decisionJson: JSON.stringify(decision),
      evidenceJson: JSON.stringify(evidence),
      decidedAt: order.at,
    });
    const { orderId, at: decidedAt } = order;
    await tx.insert(
      AttributionCandidateEntity,
      candidatesOf(decision).flatMap((candidate) => {
        const guide = guides.find(({ id }) => id === candidate.guideId);
        // A candidate that names nobody real has no list to stand in.
        return guide === undefined
          ? []
          : [{ orderId, decidedAt, ...candidate, tier: guide.tier, storeId: guide.storeId }];
      }),
    );
    return { ...decision, sellers: await this.sellersOf(tx, decision, guides) };
  }

  /** The frozen decision of an order. Every order has one. */
  async of(reader: Reader, orderId: string): Promise<AttributionSummary> {
    const row = await reader.first<AttributionEntity>(
      'SELECT branch, guideId, storeId, bindingId, touchId FROM attributions WHERE orderId = ?',
      [orderId],
    );
    if (row === null) throw new Error(`order ${orderId} has no attribution`);
    return { ...row, branch: row.branch as Branch };
  }

  private async sellersOf(tx: Tx, decision: AttributionDecision, guides: readonly Guide[]): Promise<LineSeller[]> {
    const payees = new Set(decision.lines.flatMap(({ guideId }) => guideId ?? []));
    const sellers: LineSeller[] = [];
    for (const guide of guides.filter(({ id }) => payees.has(id))) {
      const store = await this.stores.find(tx, guide.storeId);
      if (store === null) throw new Error(`store of guide ${guide.id} is gone`);
      sellers.push({ guideId: guide.id, tier: guide.tier, storeId: store.id, storeType: store.type });
    }
    return sellers;
  }
}
