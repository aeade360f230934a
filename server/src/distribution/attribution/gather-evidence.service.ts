import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { Settings } from '../../platform/settings/settings.js';
import { Bindings } from '../bindings/bindings.public.js';
import { type Guide, Guides } from '../guides/guides.public.js';
import { Touches } from '../share-links/share-links.public.js';
import { Stores } from '../stores/stores.public.js';
import type {
  AttributionEvidence,
  BindingFact,
  CouponFact,
  GuideFact,
  TouchFact,
} from './domain/decide-attribution.js';

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
/** One person's arrivals in a week; a robot's flood must not swell the evidence past its column. */
const MAX_TOUCHES = 100;

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
    const touchWindowMs = values.touchWindowDays * DAY_MS;
    const binding = await this.bindingOf(tx, order);
    const since = order.at - touchWindowMs - EVIDENCE_MARGIN_MS;
    const touches = (await this.touches.ofMember(tx, order.memberId, since)).slice(0, MAX_TOUCHES);
    const buyer = await this.guides.byMember(tx, order.memberId);
    const ids = [binding?.guideId, ...touches.map(({ guideId }) => guideId), ...order.coupons.map((c) => c.guideId)];
    const guides = await this.guides.many(
      tx,
      ids.flatMap((id) => id ?? []),
    );
    const home = binding?.storeId ? await this.stores.find(tx, binding.storeId) : null;
    const evidence: AttributionEvidence = {
      orderedAt: order.at,
      lineCount: order.lineCount,
      // Who has left is a customer like any other.
      buyerGuide: buyer === null || buyer.status === 'left' ? null : { id: buyer.id, registeredAt: buyer.registeredAt },
      binding,
      homeStore: home === null ? null : { id: home.id, name: home.name },
      touches: touches.map(toFact),
      coupons: order.coupons,
      guides: guides.map(toGuideFact).sort((a, b) => (a.id < b.id ? -1 : 1)),
      settings: { versionId, touchWindowMs },
    };
    return { evidence, guides };
  }

  private async bindingOf(tx: Tx, { memberId, at }: OrderFacts): Promise<BindingFact | null> {
    const current = await this.bindings.current(tx, memberId, at);
    if (current === null) return null;
    const { id, guideId, storeId, validUntil, effectivelyProtectedUntil, relationSince } = current;
    return {
      id,
      guideId,
      storeId,
      since: relationSince,
      protectedUntil: effectivelyProtectedUntil,
      validUntil: Math.max(validUntil, effectivelyProtectedUntil),
    };
  }
}

function toFact({ id, guideId, occurredAt, validity }: Awaited<ReturnType<Touches['ofMember']>>[number]): TouchFact {
  return { id, guideId, at: occurredAt, validity };
}

function toGuideFact({ id, name, storeId, storeName, status }: Guide): GuideFact {
  return { id, name, storeId, storeName, status };
}
