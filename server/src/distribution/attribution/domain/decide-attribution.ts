/**
 * R3: whose sale an order is. Pure: raw facts and the order's time in, a decision with its reason out. Decided once,
 * at order creation; nothing later reads anything but the frozen decision.
 */
import {
  type AttributionEvidence,
  type BuyerGuideFact,
  type CouponFact,
  type HoldingOrderFact,
  statusAt,
  type TouchFact,
  type WindowFact,
} from './attribution-evidence.js';
import { assistsAmong, type Loser, type LosingReason, winnerSentence } from './attribution-sentences.js';

/** How a binding's windows are read (R2.3). The bindings room brings its own: pure code is not shared between rooms. */
export interface WindowRules {
  protectedUntilAt(
    current: WindowFact,
    earlier: readonly WindowFact[],
    orders: readonly HoldingOrderFact[],
    at: number,
  ): number;
  isValidAt(window: WindowFact, protectedUntil: number, at: number): boolean;
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

const DAY_MS = 86_400_000;

/** The facts, and what follows from them at the order's time. */
interface Situation {
  evidence: AttributionEvidence;
  /** Set when the buyer is a guide at that time. Who has left is a customer like any other. */
  buyer: BuyerGuideFact | null;
  /** The binding by its clocks; whether its guide may win is another question. */
  isProtected: boolean;
  isValid: boolean;
  /** R3.4: a franchise store keeps its customer from other stores' guides. The claim is the store's, whoever serves. */
  claimedBy: string | null;
}

function situationOf(evidence: AttributionEvidence, rules: WindowRules): Situation {
  const { orderedAt, binding, buyerGuide, homeStore, settings } = evidence;
  const protectedUntil =
    binding === null ? 0 : rules.protectedUntilAt(binding.window, binding.earlier, binding.orders, orderedAt);
  const isValid = binding !== null && rules.isValidAt(binding.window, protectedUntil, orderedAt);
  const buyerStatus = buyerGuide && statusAt(buyerGuide.statusChanges, orderedAt);
  const keeps = settings.franchiseTakeover === 'never' && isValid && homeStore?.type === 'franchise';
  return {
    evidence,
    buyer: buyerStatus === null || buyerStatus === 'left' ? null : buyerGuide,
    isProtected: isValid && orderedAt < protectedUntil,
    isValid,
    claimedBy: keeps ? homeStore.id : null,
  };
}

/** Why a guide can't win at all, or null (R3.3). */
function barredBecause(guideId: string, { evidence, buyer }: Situation, ownMayWin: boolean): LosingReason | null {
  const guide = evidence.guides.find(({ id }) => id === guideId);
  const status = guide && statusAt(guide.statusChanges, evidence.orderedAt);
  if (status === undefined || status === null) return 'guide_unknown';
  if (buyer?.id === guideId && !ownMayWin) return 'self_purchase';
  if (status === 'left') return 'guide_left';
  return status === 'suspended' ? 'guide_suspended' : null;
}

/**
 * R3.3 for touches and coupons: guides don't earn on each other, and on themselves only by the setting, which changes
 * nothing for anybody else (D14).
 */
function barredSellerBecause(guideId: string, situation: Situation): LosingReason | null {
  const ownMayWin = situation.evidence.settings.selfPurchase === 'pays_herself';
  const barred = barredBecause(guideId, situation, ownMayWin);
  if (barred !== null) return barred;
  return situation.buyer === null || situation.buyer.id === guideId ? null : 'buyer_is_guide';
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

function judgeBinding(situation: Situation, losers: Loser[]): Winner | null {
  const { evidence, buyer, isProtected, isValid } = situation;
  const { binding } = evidence;
  if (binding === null || binding.guideId === null) return null;
  const lose = (reason: LosingReason): null => {
    losers.push({ kind: 'binding', id: binding.id, guideId: binding.guideId, reason });
    return null;
  };
  if (!isValid) return lose('binding_expired');
  const barred = barredBecause(binding.guideId, situation, false);
  if (barred !== null) return lose(barred);
  // R3.3: guides don't earn on each other, but for a protected binding older than the buyer's registration.
  if (buyer !== null && !(isProtected && binding.relationSince < buyer.registeredAt)) return lose('buyer_is_guide');
  return winnerFor(isProtected ? 'a' : 'd', binding.guideId, evidence, { bindingId: binding.id });
}

function reasonAgainstTouch(touch: TouchFact, situation: Situation): LosingReason | null {
  const { evidence, buyer, claimedBy } = situation;
  if (touch.validity === 'unknown') return 'link_unknown';
  if (touch.validity === 'revoked') return 'link_revoked';
  const isHerself = touch.validity === 'own' && touch.guideId === buyer?.id;
  if (touch.validity === 'own' && !(isHerself && evidence.settings.selfPurchase === 'pays_herself')) {
    return 'self_purchase';
  }
  if (touch.guideId === null) return 'no_guide';
  if (touch.at > evidence.orderedAt) return 'touch_after_order';
  // Half-open: a touch counts for [touch, touch + window) (R1.4).
  if (touch.at <= evidence.orderedAt - evidence.settings.touchWindowDays * DAY_MS) return 'touch_outside_window';
  const barred = barredSellerBecause(touch.guideId, situation);
  if (barred !== null) return barred;
  const store = evidence.guides.find(({ id }) => id === touch.guideId)?.storeId;
  return claimedBy === null || store === claimedBy ? null : 'other_store';
}

function judgeTouches(situation: Situation, losers: Loser[]): Winner | null {
  let winner: Winner | null = null;
  for (const touch of [...situation.evidence.touches].sort(byNewest)) {
    const reason = reasonAgainstTouch(touch, situation) ?? (winner === null ? null : 'older_touch');
    if (reason === null && touch.guideId !== null) {
      winner = winnerFor('c', touch.guideId, situation.evidence, { touchId: touch.id });
    } else {
      losers.push({ kind: 'touch', id: touch.id, guideId: touch.guideId, reason: reason ?? 'no_guide' });
    }
  }
  return winner;
}

/** Coupons that may win their lines, by id; the others are put among the losers. */
function judgeCoupons(situation: Situation, losers: Loser[]): CouponFact[] {
  return [...situation.evidence.coupons]
    .sort((a, b) => (a.couponId < b.couponId ? -1 : 1))
    .filter((coupon) => {
      const reason = barredSellerBecause(coupon.guideId, situation);
      if (reason !== null) losers.push(couponLoser(coupon, reason));
      return reason === null;
    });
}

function couponLoser({ couponId, guideId }: CouponFact, reason: LosingReason): Loser {
  return { kind: 'coupon', id: couponId, guideId, reason };
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

/** Who has each line: the coupon that discounted it (R3.2b; of several the latest issued), or nobody's coupon. */
function holdersOf(coupons: readonly CouponFact[], base: Winner, evidence: AttributionEvidence, losers: Loser[]) {
  const holders: (CouponFact | null)[] = Array.from({ length: evidence.lineCount }, () => null);
  if (base.branch === 'a') {
    for (const coupon of coupons) losers.push(couponLoser(coupon, 'outranked'));
    return holders;
  }
  for (const coupon of coupons) for (const line of coupon.lines) holders[line] = coupon;
  // Version 1 did not record coupons that got no line.
  for (const coupon of evidence.version === 1 ? [] : coupons) {
    if (holders.includes(coupon)) continue;
    losers.push(couponLoser(coupon, coupon.lines.length === 0 ? 'no_line' : 'outranked'));
  }
  return holders;
}

/** R3.2: (a) protected binding, (b) a guide's coupon for its lines, (c) last touch, (d) binding, (e) store, (f) none. */
export function decideAttribution(evidence: AttributionEvidence, rules: WindowRules): AttributionDecision {
  const situation = situationOf(evidence, rules);
  const losers: Loser[] = [];
  const binding = judgeBinding(situation, losers);
  const touch = judgeTouches(situation, losers);
  const coupons = judgeCoupons(situation, losers);
  const base = (binding?.branch === 'a' ? binding : null) ?? touch ?? binding ?? withoutGuide(evidence);
  pushOutranked(losers, base, [binding, touch]);
  const holders = holdersOf(coupons, base, evidence, losers);
  const payees = holders.map((coupon) => (coupon ? winnerFor('b', coupon.guideId, evidence, {}) : base));
  // The order as a whole is hers when every line is.
  const [first] = payees;
  const isHers = first?.branch === 'b' && payees.every((one) => one.branch === 'b' && one.guideId === first.guideId);
  const won = isHers ? first : base;
  if (won !== base && base.guideId !== null) pushOutranked(losers, won, [base]);
  losers.sort((a, b) => (a.kind + a.id < b.kind + b.id ? -1 : 1));
  const lines = payees.map(({ guideId, storeId }) => ({ guideId, storeId }));
  const winnerIds = [won.guideId, ...(evidence.version === 1 ? [] : lines.map(({ guideId }) => guideId))];
  return { ...won, lines, losers, assists: assistsAmong(losers, winnerIds), sentence: winnerSentence(won) };
}
