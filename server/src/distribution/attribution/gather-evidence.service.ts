import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { type BindingRelation, Bindings } from '../bindings/bindings.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { type Touch, Touches } from '../share-links/share-links.public.js';
import { Stores } from '../stores/stores.public.js';
import type {
  AttributionEvidence,
  BindingFact,
  CouponFact,
  GuideFact,
  StatusFact,
  TouchFact,
} from './domain/attribution-evidence.js';

export interface OrderFacts {
  orderId: string;
  memberId: string;
  /** Order creation, business clock. */
  at: number;
  lineCount: number;
  coupons: CouponFact[];
}

/** Touches older than the window lose whatever they are; a day more is kept as evidence of those that just lost. */
const EVIDENCE_MARGIN_MS = DAY_MS;

/** Collects the raw facts of R3.4 as they stand inside the order's transaction. */
@Injectable()
export class GatherEvidence {
  constructor(
    private readonly settings: Settings,
    private readonly bindings: Bindings,
    private readonly guides: Guides,
    private readonly stores: Stores,
    private readonly touches: Touches,
  ) {}

  async execute(tx: Tx, order: OrderFacts): Promise<{ evidence: AttributionEvidence; guides: Guide[] }> {
    const { versionId, values } = await this.settings.at(tx, 'distribution', order.at);
    const { touchWindowDays, selfPurchase, franchiseTakeover } = values;
    const relation = await this.bindings.relation(tx, order.memberId, order.at);
    const binding = relation && toBindingFact(relation);
    const since = order.at - touchWindowDays * DAY_MS - EVIDENCE_MARGIN_MS;
    // Bounded there: a robot's flood must not swell the evidence past its column.
    const touches = await this.touches.ofMember(tx, order.memberId, since);
    const buyer = await this.guides.byMember(tx, order.memberId);
    const ids = [binding?.guideId, ...touches.map(({ guideId }) => guideId), ...order.coupons.map((c) => c.guideId)];
    const guides = await this.guides.many(
      tx,
      ids.flatMap((id) => id ?? []),
    );
    const changes = await this.guides.statusChanges(
      tx,
      [buyer, ...guides].flatMap((guide) => guide?.id ?? []),
    );
    const statusChanges = (guideId: string): StatusFact[] =>
      changes.filter((change) => change.guideId === guideId).map(({ status, at }) => ({ status, at }));
    const home = binding?.storeId ? await this.stores.find(tx, binding.storeId) : null;
    const evidence: AttributionEvidence = {
      version: 2,
      orderedAt: order.at,
      lineCount: order.lineCount,
      buyerGuide: buyer && {
        id: buyer.id,
        registeredAt: buyer.registeredAt,
        statusChanges: statusChanges(buyer.id),
      },
      binding,
      homeStore: home && { id: home.id, name: home.name, type: home.type },
      touches: touches.map(toTouchFact),
      coupons: order.coupons,
      guides: guides
        .map((guide): GuideFact => {
          const { id, name, storeId, storeName } = guide;
          return { id, name, storeId, storeName, statusChanges: statusChanges(id) };
        })
        .sort((a, b) => (a.id < b.id ? -1 : 1)),
      settings: { versionId, touchWindowDays, selfPurchase, franchiseTakeover },
    };
    return { evidence, guides };
  }
}

function toBindingFact({ binding, earlier, orders }: BindingRelation): BindingFact {
  const { id, guideId, storeId, relationSince, startsAt, protectedUntil, validUntil } = binding;
  return { id, guideId, storeId, relationSince, window: { startsAt, protectedUntil, validUntil }, earlier, orders };
}

function toTouchFact({ id, guideId, occurredAt, validity }: Touch): TouchFact {
  return { id, guideId, at: occurredAt, validity };
}
