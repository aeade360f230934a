/**
 * R3.4: what a decision rests on, as raw facts. A conclusion (is it protected? is she in service?) is drawn anew at each
 * replay, so that a wrong conclusion can be found; a fact is what some row said when the order was created.
 */

/** A window of a binding, half-open, as it was written (R2.3). */
export interface WindowFact {
  startsAt: number;
  protectedUntil: number;
  validUntil: number;
}

/** A paid order of the relation: it may hold the protection longer than the clock does. */
export interface HoldingOrderFact {
  orderId: string;
  orderedAt: number;
  paidAt: number;
  /** Null while neither completed nor fully refunded. */
  endedAt: number | null;
}

/** The member's newest binding, expired or not. */
export interface BindingFact {
  id: string;
  /** Null: bound to a store and no guide. */
  guideId: string | null;
  storeId: string | null;
  /** Start of the unbroken relation, renewals included. */
  relationSince: number;
  window: WindowFact;
  /** The windows of the same relation before its renewals. */
  earlier: WindowFact[];
  orders: HoldingOrderFact[];
}

export interface StatusFact {
  status: 'active' | 'suspended' | 'left';
  at: number;
}

export interface GuideFact {
  id: string;
  name: string;
  storeId: string;
  storeName: string;
  /** Every change that was known at the order, oldest first; the first is her registration. */
  statusChanges: StatusFact[];
}

/** The buyer, if she ever was a guide. */
export interface BuyerGuideFact {
  id: string;
  registeredAt: number;
  statusChanges: StatusFact[];
}

export interface TouchFact {
  id: string;
  /** Null: the code named no guide. */
  guideId: string | null;
  at: number;
  /** What the server found when the code was reported. */
  validity: 'valid' | 'unknown' | 'revoked' | 'own';
}

/** A coupon used in the order whose source is a guide (R3.2b, R6.3). */
export interface CouponFact {
  couponId: string;
  guideId: string;
  /** Positions of the order lines that it discounted. */
  lines: number[];
}

export interface StoreFact {
  id: string;
  name: string;
  type: string;
}

/** The values of the settings version that the decision used. */
export interface SettingsFact {
  versionId: string;
  touchWindowDays: number;
  selfPurchase: 'pays_nobody' | 'pays_herself';
  franchiseTakeover: 'never' | 'after_protection';
}

/** Everything that the decision rests on, as it stood at order time; frozen with the order. */
export interface AttributionEvidence {
  /** 1: stored before settings decided self-purchase and takeover; read by {@link readEvidence}. */
  version: 1 | 2;
  orderedAt: number;
  lineCount: number;
  buyerGuide: BuyerGuideFact | null;
  binding: BindingFact | null;
  /** The store of the newest binding, expired or not: R3.2e, and the franchise partner's claim (R3.4). */
  homeStore: StoreFact | null;
  touches: TouchFact[];
  coupons: CouponFact[];
  guides: GuideFact[];
  settings: SettingsFact;
}

/** Version 1 held some conclusions: the end of the protection, guides' states, who counts as a guide. */
interface EvidenceV1 {
  version?: undefined;
  orderedAt: number;
  lineCount: number;
  buyerGuide: { id: string; registeredAt: number } | null;
  binding: {
    id: string;
    guideId: string | null;
    storeId: string | null;
    since: number;
    protectedUntil: number;
    validUntil: number;
  } | null;
  homeStore: { id: string; name: string } | null;
  touches: TouchFact[];
  coupons: CouponFact[];
  guides: { id: string; name: string; storeId: string; storeName: string; status: StatusFact['status'] }[];
  settings: { versionId: string; touchWindowMs: number };
}

const DAY_MS = 86_400_000;

/** Reads stored evidence of any version. The conclusions of version 1 become the facts that lead to them. */
export function readEvidence(json: string): AttributionEvidence {
  const stored = JSON.parse(json) as AttributionEvidence | EvidenceV1;
  return stored.version === 2 ? stored : upgrade(stored as EvidenceV1);
}

function upgrade(old: EvidenceV1): AttributionEvidence {
  const { orderedAt, lineCount, buyerGuide, binding, homeStore, touches, coupons, guides, settings } = old;
  return {
    version: 1,
    orderedAt,
    lineCount,
    buyerGuide: buyerGuide && { ...buyerGuide, statusChanges: [{ status: 'active', at: 0 }] },
    binding: binding && {
      id: binding.id,
      guideId: binding.guideId,
      storeId: binding.storeId,
      relationSince: binding.since,
      window: { startsAt: binding.since, protectedUntil: binding.protectedUntil, validUntil: binding.validUntil },
      earlier: [],
      orders: [],
    },
    // The type of the store decided nothing then.
    homeStore: homeStore && { ...homeStore, type: 'direct' },
    touches,
    coupons,
    guides: guides.map(({ status, ...guide }) => ({ ...guide, statusChanges: [{ status, at: 0 }] })),
    settings: {
      versionId: settings.versionId,
      touchWindowDays: Math.trunc(settings.touchWindowMs / DAY_MS),
      selfPurchase: 'pays_nobody',
      franchiseTakeover: 'after_protection',
    },
  };
}

/** What a guide was at `at`; a change counts from its very instant on (R1.4). Null: she was none yet. */
export function statusAt(changes: readonly StatusFact[], at: number): StatusFact['status'] | null {
  return changes.findLast((change) => change.at <= at)?.status ?? null;
}
