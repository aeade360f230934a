/**
 * R3: whose sale an order is. Pure: raw facts and the order's time in, a decision with its reason out. Decided once,
 * at order creation; nothing later reads anything but the frozen decision.
 */
import { assistsAmong, type Loser, loserSentence, winnerSentence } from './attribution-sentences.js';

export interface GuideFact {
  id: string;
  name: string;
  storeId: string;
  storeName: string;
  /** As she stands at order time. */
  status: 'active' | 'suspended' | 'left';
}

export interface BindingFact {
  id: string;
  guideId: string | null;
  storeId: string | null;
  /** Start of the unbroken relation, renewals included. */
  since: number;
  /** Half-open: at this instant the protection is over. Paid orders that hold it are counted in (R2.3). */
  protectedUntil: number;
  validUntil: number;
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

/** Everything that the decision rests on, as it stood at order time; frozen with the order (R3.4). */
export interface AttributionEvidence {
  orderedAt: number;
  lineCount: number;
  /** Set when the buyer is a guide herself. */
  buyerGuide: { id: string; registeredAt: number } | null;
  binding: BindingFact | null;
  /** The store of the newest binding, expired or not: R3.2e. */
  homeStore: { id: string; name: string } | null;
  touches: TouchFact[];
  coupons: CouponFact[];
  guides: GuideFact[];
  settings: { versionId: string; touchWindowMs: number };
}

export type Branch = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';

export interface Winner {
  branch: Branch;
  guideId: string | null;
  guideName: string | null;
  storeId: string | null;
  storeName: string | null;
  bindingId: string | null;
  touchId: string | null;
}

export interface AttributionDecision extends Winner {
  /** One payee per line, in order (R3.2). */
  lines: { guideId: string | null; storeId: string | null }[];
  losers: Loser[];
  /** Guides who touched in the window and lost: recorded, never paid (R3.5). */
  assists: string[];
  sentence: string;
}

/** Why a guide can't win at all, or null (R3.3). */
function barredBecause(guideId: string, evidence: AttributionEvidence): Loser['reason'] | null {
  const guide = evidence.guides.find(({ id }) => id === guideId);
  if (guide === undefined) return 'guide_unknown';
  if (evidence.buyerGuide?.id === guideId) return 'self_purchase';
  if (guide.status === 'left') return 'guide_left';
  if (guide.status === 'suspended') return 'guide_suspended';
  return null;
}

/** Newest first; equal times break by id (R1.4), so that the order of the input never matters (R3.6). */
function byNewest(a: TouchFact, b: TouchFact): number {
  return b.at - a.at || (a.id < b.id ? 1 : -1);
}

function winnerFor(branch: Branch, guideId: string, evidence: AttributionEvidence, ids: Partial<Winner>): Winner {
  const guide = evidence.guides.find(({ id }) => id === guideId);
  return {
    branch,
    guideId,
    guideName: guide?.name ?? null,
    storeId: guide?.storeId ?? null,
    storeName: guide?.storeName ?? null,
    bindingId: null,
    touchId: null,
    ...ids,
  };
}

interface Candidates {
  binding: { winner: Winner | null; protected: boolean };
  touch: Winner | null;
  losers: Loser[];
}

function judgeBinding(evidence: AttributionEvidence, losers: Loser[]): Candidates['binding'] {
  const { binding, orderedAt, buyerGuide } = evidence;
  if (binding === null || binding.guideId === null) return { winner: null, protected: false };
  const lose = (reason: Loser['reason']): Candidates['binding'] => {
    losers.push({ kind: 'binding', id: binding.id, guideId: binding.guideId, reason });
    return { winner: null, protected: false };
  };
  const isProtected = orderedAt < binding.protectedUntil;
  if (orderedAt >= binding.validUntil) return lose('binding_expired');
  const barred = barredBecause(binding.guideId, evidence);
  if (barred !== null) return lose(barred);
  // R3.3: guides don't earn on each other, but for a protected binding older than the buyer's registration.
  if (buyerGuide !== null && !(isProtected && binding.since < buyerGuide.registeredAt)) return lose('buyer_is_guide');
  const branch = isProtected ? 'a' : 'd';
  return { winner: winnerFor(branch, binding.guideId, evidence, { bindingId: binding.id }), protected: isProtected };
}

function reasonAgainstTouch(touch: TouchFact, evidence: AttributionEvidence): Loser['reason'] | null {
  if (touch.validity === 'unknown') return 'link_unknown';
  if (touch.validity === 'revoked') return 'link_revoked';
  if (touch.validity === 'own') return 'self_purchase';
  if (touch.guideId === null) return 'no_guide';
  if (touch.at > evidence.orderedAt) return 'touch_after_order';
  // Half-open: a touch counts for [touch, touch + window) (R1.4).
  if (touch.at <= evidence.orderedAt - evidence.settings.touchWindowMs) return 'touch_outside_window';
  const barred = barredBecause(touch.guideId, evidence);
  if (barred !== null) return barred;
  return evidence.buyerGuide === null ? null : 'buyer_is_guide';
}

function judgeTouches(evidence: AttributionEvidence, losers: Loser[]): Winner | null {
  let winner: Winner | null = null;
  for (const touch of [...evidence.touches].sort(byNewest)) {
    const reason = reasonAgainstTouch(touch, evidence) ?? (winner === null ? null : 'older_touch');
    if (reason === null && touch.guideId !== null) {
      winner = winnerFor('c', touch.guideId, evidence, { touchId: touch.id });
    } else {
      losers.push({ kind: 'touch', id: touch.id, guideId: touch.guideId, reason: reason ?? 'no_guide' });
    }
  }
  return winner;
}

/** Coupons that may win their lines; the others are put among the losers. */
function judgeCoupons(evidence: AttributionEvidence, losers: Loser[]): CouponFact[] {
  return [...evidence.coupons]
    .sort((a, b) => (a.couponId < b.couponId ? -1 : 1))
    .filter((coupon) => {
      const reason =
        barredBecause(coupon.guideId, evidence) ?? (evidence.buyerGuide === null ? null : 'buyer_is_guide');
      if (reason !== null) losers.push({ kind: 'coupon', id: coupon.couponId, guideId: coupon.guideId, reason });
      return reason === null;
    });
}

function withoutGuide(evidence: AttributionEvidence): Winner {
  const { homeStore } = evidence;
  return {
    branch: homeStore === null ? 'f' : 'e',
    guideId: null,
    guideName: null,
    storeId: homeStore?.id ?? null,
    storeName: homeStore?.name ?? null,
    bindingId: null,
    touchId: null,
  };
}

/** A loser for every candidate that was good in itself and met a better one. */
function pushOutranked(losers: Loser[], won: Winner, others: (Winner | null)[]): void {
  for (const other of others) {
    if (other === null || other === won) continue;
    const kind = other.bindingId === null ? 'touch' : 'binding';
    losers.push({ kind, id: other.bindingId ?? other.touchId ?? '', guideId: other.guideId, reason: 'outranked' });
  }
}

/** R3.2: (a) protected binding, (b) a guide's coupon for its lines, (c) last touch, (d) binding, (e) store, (f) none. */
export function decideAttribution(evidence: AttributionEvidence): AttributionDecision {
  const losers: Loser[] = [];
  const binding = judgeBinding(evidence, losers);
  const touch = judgeTouches(evidence, losers);
  const coupons = judgeCoupons(evidence, losers);
  const base = (binding.protected ? binding.winner : null) ?? touch ?? binding.winner ?? withoutGuide(evidence);
  pushOutranked(losers, base, [binding.winner, touch]);
  const lines = Array.from({ length: evidence.lineCount }, () => ({ guideId: base.guideId, storeId: base.storeId }));
  let won = base;
  for (const coupon of coupons) {
    if (base.branch === 'a') {
      losers.push({ kind: 'coupon', id: coupon.couponId, guideId: coupon.guideId, reason: 'outranked' });
      continue;
    }
    const byCoupon = winnerFor('b', coupon.guideId, evidence, {});
    for (const line of coupon.lines) lines[line] = { guideId: byCoupon.guideId, storeId: byCoupon.storeId };
    // The order as a whole is hers when every line is.
    if (coupon.lines.length === evidence.lineCount) won = byCoupon;
  }
  if (won !== base && base.guideId !== null) pushOutranked(losers, won, [base]);
  losers.sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
  return {
    ...won,
    lines,
    losers,
    assists: assistsAmong(losers, won.guideId),
    sentence: winnerSentence(won),
  };
}

export { type Loser, loserSentence };
