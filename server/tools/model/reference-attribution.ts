/** R3 by the reference model: whose sale an order is, and every reason that speaks against each candidate. */
import { standingAt } from './reference-bindings.js';
import {
  type Decision,
  type Lost,
  personOf,
  type Reason,
  type State,
  settingsAt,
  type Touch,
} from './reference-state.js';
import { DAY, STORES } from './world.js';

/** Coupons that came through a guide, with the lines that they discounted. */
export interface CouponUse {
  guide: number;
  lines: number[];
}

/** Reasons that bar a guide whatever she has done for this customer (R3.3). */
function against(state: State, guide: number): Reason[] {
  const status = personOf(state, guide).guide?.status;
  const reasons: Reason[] = [];
  if (status === 'left') reasons.push('guide_left');
  if (status === 'suspended') reasons.push('guide_suspended');
  return reasons;
}

/** Who has left is a customer like any other. */
function buyerIsGuide(state: State, buyer: number): boolean {
  const guide = personOf(state, buyer).guide;
  return guide !== null && guide.status !== 'left';
}

/** R3.3 for touches and coupons: nobody earns on another guide, and on herself only when HQ has said so. */
function againstSeller(state: State, buyer: number, guide: number): Reason[] {
  const reasons = against(state, guide);
  const isGuide = buyerIsGuide(state, buyer);
  if (guide !== buyer) return isGuide ? [...reasons, 'buyer_is_guide'] : reasons;
  const mayPayHerself = isGuide && settingsAt(state, state.now).selfPurchase === 'pays_herself';
  return mayPayHerself ? reasons : [...reasons, 'self_purchase'];
}

/** R3.4: a franchise store whose customer she is may keep her from the guides of other stores. */
function claimingStore(state: State, buyer: number): number | null {
  const standing = standingAt(state, buyer, state.now);
  const store = standing?.isValid ? standing.row.store : null;
  const keeps = settingsAt(state, state.now).franchiseTakeover === 'never';
  return keeps && store !== null && STORES[store]?.type === 'franchise' ? store : null;
}

function againstTouch(state: State, buyer: number, touch: Touch): Reason[] {
  if (touch.guide === null) return ['link_unknown'];
  const reasons = againstSeller(state, buyer, touch.guide);
  if (touch.link === 'revoked') reasons.push('link_revoked');
  const windowMs = settingsAt(state, state.now).touchWindowDays * DAY;
  if (state.now >= touch.at + windowMs) reasons.push('touch_outside_window');
  const claim = claimingStore(state, buyer);
  if (claim !== null && personOf(state, touch.guide).guide?.store !== claim) reasons.push('other_store');
  return reasons;
}

interface Candidate {
  kind: 'binding' | 'touch';
  guide: number;
  binding: number | null;
}

/** A binding that may win, protected or not. */
function judgeBinding(state: State, buyer: number, lost: Lost[]): (Candidate & { isProtected: boolean }) | null {
  const standing = standingAt(state, buyer, state.now);
  if (standing === null || standing.row.guide === null) return null;
  const { row, position, isProtected, isValid } = standing;
  const reasons = against(state, standing.row.guide);
  if (!isValid) reasons.push('binding_expired');
  const registered = personOf(state, buyer).guide?.registeredAt ?? 0;
  const isOlder = isProtected && row.since < registered;
  if (buyerIsGuide(state, buyer) && !isOlder) reasons.push('buyer_is_guide');
  if (reasons.length === 0) return { kind: 'binding', guide: standing.row.guide, binding: position, isProtected };
  lost.push({ kind: 'binding', guide: row.guide, reasons });
  return null;
}

/** The newest good touch. The later recorded of two at one instant is the newer. */
function judgeTouches(state: State, buyer: number, lost: Lost[]): Candidate | null {
  let winner: Candidate | null = null;
  // What is older than a day more than the window is not even looked at.
  const since = state.now - (settingsAt(state, state.now).touchWindowDays + 1) * DAY;
  for (const touch of personOf(state, buyer)
    .touches.filter(({ at }) => at >= since)
    .reverse()) {
    const reasons = againstTouch(state, buyer, touch);
    if (reasons.length === 0 && winner === null && touch.guide !== null) {
      winner = { kind: 'touch', guide: touch.guide, binding: null };
    } else {
      lost.push({ kind: 'touch', guide: touch.guide, reasons: reasons.length === 0 ? ['older_touch'] : reasons });
    }
  }
  return winner;
}

/** R3.2: (a) protected binding, (b) a guide's coupon for its lines, (c) last touch, (d) binding, (e) store, (f) none. */
export function decide(state: State, buyer: number, lineCount: number, coupon: CouponUse | null): Decision {
  const lost: Lost[] = [];
  const binding = judgeBinding(state, buyer, lost);
  const touch = judgeTouches(state, buyer, lost);
  const base: Candidate | null = binding?.isProtected ? binding : (touch ?? binding);
  for (const other of [binding, touch]) {
    if (other !== null && other !== base) lost.push({ kind: other.kind, guide: other.guide, reasons: ['outranked'] });
  }
  const home = standingAt(state, buyer, state.now)?.row.store ?? null;
  const storeOf = (guide: number): number | null => personOf(state, guide).guide?.store ?? null;
  const store = base === null ? home : storeOf(base.guide);
  const payees = Array.from({ length: lineCount }, () => ({ guide: base?.guide ?? null, store }));
  const letter = base === null ? (home === null ? 'f' : 'e') : base === touch ? 'c' : binding?.isProtected ? 'a' : 'd';
  const decision: Decision = {
    branch: letter,
    guide: base?.guide ?? null,
    store,
    binding: base?.binding ?? null,
    payees,
    lost,
  };
  if (coupon === null) return decision;
  const reasons = againstSeller(state, buyer, coupon.guide);
  if (letter === 'a') reasons.push('outranked');
  if (reasons.length > 0) {
    lost.push({ kind: 'coupon', guide: coupon.guide, reasons });
    return decision;
  }
  const hers = { guide: coupon.guide, store: storeOf(coupon.guide) };
  for (const line of coupon.lines) payees[line] = { ...hers };
  if (coupon.lines.length < lineCount) return decision;
  if (base !== null) lost.push({ kind: base.kind, guide: base.guide, reasons: ['outranked'] });
  return { ...decision, branch: 'b', ...hers, binding: null };
}
