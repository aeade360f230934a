/** R5.5 by the reference model: a request debits the balance and has transfers of its own. */
import { balanceOf, goneFen } from './reference-balances.js';
import { type Payout, personOf, type State } from './reference-state.js';
import type { PayoutStep, StepOutcome } from './steps.js';
import { DAY, HOUR, PAYOUT_LIMITS } from './world.js';

const SHANGHAI = 8 * HOUR;

export function applyToPayout(state: State, step: PayoutStep): StepOutcome {
  if (step.kind === 'payout') return request(state, step);
  const payout = state.payouts.get(step.payout);
  if (payout === undefined) return 'absent';
  if (step.kind === 'decide') {
    if (payout.state !== 'requested') return 'refused';
    payout.state = step.approves ? 'approved' : 'rejected';
    return 'done';
  }
  if (step.kind === 'withdraw') {
    if (payout.state !== 'requested' && payout.state !== 'approved') return 'refused';
    const left = payout.parts.filter(({ state: at }) => at === 'created');
    const underWay = payout.parts.filter(({ state: at, isAskedBack }) => at === 'open' && !isAskedBack);
    if (left.length + underWay.length === 0) return 'refused';
    // What was not sent comes back; what was sent is asked back once, and ends as the provider says.
    if (left.length === payout.parts.length) payout.state = 'withdrawn';
    for (const part of left) part.state = 'failed';
    for (const part of underWay) part.isAskedBack = true;
    return 'done';
  }
  const part = payout.parts[step.part];
  if (part === undefined) return 'absent';
  const mayBeSent = part.state === 'created' && payout.state === 'approved' && !isHeld(state, payout);
  if (!mayBeSent && part.state !== 'open') return 'refused';
  part.state = step.answer === 'succeeded' || step.answer === 'failed' ? step.answer : 'open';
  return 'done';
}

/** C11: what is not yet submitted waits while her balance is negative; R2.4: or while she is suspended. */
function isHeld(state: State, { guide }: Payout): boolean {
  return balanceOf(state, `guide:${guide}:available`) < 0 || personOf(state, guide).guide?.status === 'suspended';
}

function request(state: State, step: Extract<PayoutStep, { kind: 'payout' }>): StepOutcome {
  const { guide, amountFen } = step;
  const { guide: of } = personOf(state, guide);
  if (of === null) return 'absent';
  const parts = split(amountFen);
  const day = Math.floor((state.now + SHANGHAI) / DAY);
  const fits = usedOn(state, guide, day) + amountFen <= PAYOUT_LIMITS.dayMaxFen;
  const covered = balanceOf(state, `guide:${guide}:available`) >= amountFen;
  if (of.status === 'suspended' || parts === null || !fits || !covered) return 'refused';
  state.payouts.set(step.payout, {
    guide,
    amountFen,
    day,
    // Many small requests of one day are one large one.
    state: usedOn(state, guide, day) + amountFen <= PAYOUT_LIMITS.autoApproveFen ? 'approved' : 'requested',
    parts: parts.map((part) => ({ amountFen: part, state: 'created', isAskedBack: false })),
  });
  return 'done';
}

/** C24: as few as can be, each within the limits; null: there is no such set. */
function split(amountFen: number): number[] | null {
  const { transferMinFen: least, transferMaxFen: most } = PAYOUT_LIMITS;
  for (let count = 1; count * least <= amountFen; count += 1) {
    if (count * most < amountFen) continue;
    const parts = Array.from({ length: count }, () => least);
    let left = amountFen - count * least;
    for (let part = 0; part < count; part += 1) {
      const more = Math.min(left, most - least);
      parts[part] = least + more;
      left -= more;
    }
    return parts;
  }
  return null;
}

/** What came back does not count towards the day of its request. */
function usedOn(state: State, guide: number, day: number): number {
  const ofDay = [...state.payouts.values()].filter((payout) => payout.guide === guide && payout.day === day);
  return ofDay.reduce((sum, payout) => sum + goneFen(payout), 0);
}
