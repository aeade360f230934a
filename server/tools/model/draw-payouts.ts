/** Draws payouts: asked for, decided, taken back, sent. */
import type { Chance } from './chance.js';
import { pickOne } from './draw-people.js';
import { balances } from './reference-balances.js';
import type { State } from './reference-state.js';
import type { PayoutStep } from './steps.js';
import { PAYOUT_LIMITS } from './world.js';

/** All, a part, or an amount around one of the limits; now and then a little more than there is. */
function drawAmount(chance: Chance, availableFen: number): number {
  const { transferMinFen, transferMaxFen, autoApproveFen } = PAYOUT_LIMITS;
  return chance.weighted([
    [5, availableFen],
    [4, chance.between(1, availableFen)],
    [2, Math.min(availableFen, transferMaxFen + chance.between(-1, transferMinFen))],
    [2, Math.min(availableFen, autoApproveFen + chance.between(-1, 1))],
    [1, availableFen + 1],
  ]);
}

function drawRequest(chance: Chance, state: State): PayoutStep | null {
  const rich = [...balances(state)].flatMap(([account, amountFen]) => {
    const [owner, guide, bucket] = account.split(':');
    const may = owner === 'guide' && bucket === 'available' && amountFen >= PAYOUT_LIMITS.transferMinFen;
    return may ? [{ guide: Number(guide), amountFen }] : [];
  });
  if (rich.length === 0) return null;
  const { guide, amountFen } = chance.pick(rich);
  return { kind: 'payout', payout: state.payouts.size, guide, amountFen: drawAmount(chance, amountFen) };
}

export function drawPayout(chance: Chance, state: State, kind: PayoutStep['kind']): PayoutStep | null {
  if (kind === 'payout') return drawRequest(chance, state);
  const all = [...state.payouts.keys()];
  const which = (is: (label: number) => boolean): number | null => pickOne(chance, all.filter(is), all);
  const of = (label: number) => state.payouts.get(label);
  if (kind === 'decide') {
    const payout = which((label) => of(label)?.state === 'requested');
    return payout === null ? null : { kind, payout, approves: chance.percent(75) };
  }
  if (kind === 'withdraw') {
    const payout = which((label) => {
      const { state: at, parts } = of(label) ?? { state: 'rejected', parts: [] };
      return (at === 'requested' || at === 'approved') && parts.every((part) => part.state === 'created');
    });
    return payout === null ? null : { kind, payout };
  }
  const payout = which((label) => {
    const { state: at, parts } = of(label) ?? { state: 'rejected', parts: [] };
    return at === 'approved' && parts.some((part) => part.state === 'created' || part.state === 'open');
  });
  if (payout === null) return null;
  const parts = of(payout)?.parts ?? [];
  const open = parts.flatMap((part, index) => (part.state === 'created' || part.state === 'open' ? [index] : []));
  const part = open.length > 0 ? chance.pick(open) : chance.below(parts.length);
  const answer = chance.weighted([
    [5, 'succeeded'],
    [3, 'failed'],
    [2, 'waiting'],
    [2, 'unknown'],
  ] as const);
  return { kind, payout, part, answer };
}
