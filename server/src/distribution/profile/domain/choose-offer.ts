/**
 * R2.3, R3.3: whose customer somebody becomes by joining. Pure; instants are business-clock epoch ms. How long ago she
 * registered plays no part (D12), and who is bound already is not rebound by a scan (D13).
 */

export interface OfferTouch {
  id: string;
  /** Whose link it was. */
  guideId: string | null;
  /** The store of a code that names no guide. */
  storeId: string | null;
  validity: string;
  occurredAt: number;
}

export interface OfferGuide {
  id: string;
  memberId: string;
  status: string;
}

export interface OfferFacts {
  at: number;
  memberId: string;
  touchWindowMs: number;
  /** The guide of a binding that is valid at `at`, e.g. from a paid order as a visitor. */
  boundGuideId: string | null;
  touches: readonly OfferTouch[];
  guides: readonly OfferGuide[];
  /** A valid binding of any kind: a store's code changes nothing about it (D13). */
  isBound: boolean;
}

export interface Offer {
  guideId: string | null;
  /** Of a store's own code, when no guide is offered (R3.2e). */
  storeId: string | null;
  /** The touch that a new binding would rest on; null: joining makes none. */
  touchId: string | null;
}

/**
 * The guide who is offered: the one she has, else the guide of her latest valid touch in the window; without any guide,
 * the store whose code she opened last, as her home.
 */
export function chooseOffer(facts: OfferFacts): Offer {
  if (facts.boundGuideId !== null) return { guideId: facts.boundGuideId, storeId: null, touchId: null };
  const guides = new Map(facts.guides.map((guide) => [guide.id, guide]));
  const counts = (touch: OfferTouch): boolean =>
    touch.validity === 'valid' && touch.occurredAt <= facts.at && facts.at < touch.occurredAt + facts.touchWindowMs;
  const hasGuide = (touch: OfferTouch): boolean => {
    const guide = touch.guideId === null ? undefined : guides.get(touch.guideId);
    return guide?.status === 'active' && guide.memberId !== facts.memberId;
  };
  const newest = facts.touches.filter(counts).sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1));
  const byGuide = newest.find(hasGuide);
  if (byGuide !== undefined) return { guideId: byGuide.guideId, storeId: null, touchId: byGuide.id };
  const byStore = facts.isBound
    ? undefined
    : newest.find(({ guideId, storeId }) => guideId === null && storeId !== null);
  return { guideId: null, storeId: byStore?.storeId ?? null, touchId: byStore?.id ?? null };
}
