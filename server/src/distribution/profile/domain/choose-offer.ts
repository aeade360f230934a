/**
 * R2.3, R3.3: whose customer somebody becomes by joining. Pure; instants are business-clock epoch ms. How long ago she
 * registered plays no part (D12), and who is bound already is not rebound by a scan (D13).
 */

export interface OfferTouch {
  id: string;
  /** Whose link it was. */
  guideId: string | null;
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
}

export interface Offer {
  guideId: string | null;
  /** The touch that a new binding would rest on; null: joining makes none. */
  touchId: string | null;
}

/** The guide who is offered: the one she has, else the guide of her latest valid touch in the window. */
export function chooseOffer(facts: OfferFacts): Offer {
  if (facts.boundGuideId !== null) return { guideId: facts.boundGuideId, touchId: null };
  const guides = new Map(facts.guides.map((guide) => [guide.id, guide]));
  const may = (touch: OfferTouch): boolean => {
    const guide = touch.guideId === null ? undefined : guides.get(touch.guideId);
    const inWindow = touch.occurredAt <= facts.at && facts.at < touch.occurredAt + facts.touchWindowMs;
    return touch.validity === 'valid' && inWindow && guide?.status === 'active' && guide.memberId !== facts.memberId;
  };
  const [latest] = facts.touches.filter(may).sort((a, b) => b.occurredAt - a.occurredAt || (a.id < b.id ? 1 : -1));
  return { guideId: latest?.guideId ?? null, touchId: latest?.id ?? null };
}
