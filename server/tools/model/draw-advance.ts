/** Draws how far the clock moves on: some hours, some weeks, or to the very instant at which a window ends. */
import type { Chance } from './chance.js';
import { type State, settingsAt } from './reference-state.js';
import type { Step, StepKind } from './steps.js';
import { DAY, HOUR } from './world.js';

/** What shows whether an instant was kept: a step of this kind, about this person or order. */
export interface Probe {
  kind: Extract<StepKind, 'order' | 'refund' | 'release'>;
  /** A person for `order`, an order for `refund`. */
  about: number;
}

interface End {
  at: number;
  probe: Probe;
}

/** Instants at which something changes by itself, by what it is about. */
function ends(state: State): Record<'protection' | 'validity' | 'touch' | 'order' | 'coupon', End[]> {
  const windowMs = settingsAt(state, state.now).touchWindowDays * DAY;
  const ofPeople = state.people.flatMap(({ bindings, touches }, about) => {
    const probe: Probe = { kind: 'order', about };
    return { probe, row: bindings.at(-1), touch: touches.at(-1) };
  });
  const orders = [...state.orders.values()].flatMap((order): End[] => {
    const [release, refund]: Probe[] = [
      { kind: 'release', about: 0 },
      { kind: 'refund', about: order.label },
    ];
    if (release === undefined || refund === undefined) return [];
    const isMoving = order.state === 'shipped' || order.state === 'received';
    const moves = isMoving ? [{ at: order.dueAt, probe: { kind: 'order' as const, about: order.person } }] : [];
    if (order.receivedAt === null) return moves;
    const { availableAt, finalAt, tailDueAt } = order;
    const money = [
      { at: availableAt, probe: release },
      { at: availableAt, probe: refund },
      { at: finalAt, probe: refund },
      { at: tailDueAt, probe: release },
    ];
    return [...moves, ...money];
  });
  return {
    protection: ofPeople.flatMap(({ row, probe }) => (row === undefined ? [] : [{ at: row.protectedUntil, probe }])),
    validity: ofPeople.flatMap(({ row, probe }) => (row === undefined ? [] : [{ at: row.validUntil, probe }])),
    touch: ofPeople.flatMap(({ touch, probe }) => (touch === undefined ? [] : [{ at: touch.at + windowMs, probe }])),
    order: orders,
    coupon: state.coupons.map(({ expiresAt, person }) => ({ at: expiresAt, probe: { kind: 'order', about: person } })),
  };
}

function drawLength(chance: Chance): number {
  return chance.weighted([
    [30, chance.between(1, 30 * HOUR)],
    [25, chance.between(1, 6) * DAY],
    [10, chance.between(7 * DAY, 20 * DAY)],
    [2, chance.between(30 * DAY, 75 * DAY)],
  ]);
}

/** The step, and what to try next when it leads to the end of something. */
export function drawAdvance(chance: Chance, state: State): { step: Step; probe: Probe | null } {
  const what = chance.weighted([
    [38, 'protection'],
    [6, 'validity'],
    [20, 'touch'],
    [24, 'order'],
    [4, 'coupon'],
    [30, null],
  ] as const);
  const coming = what === null ? [] : ends(state)[what].filter(({ at }) => at > state.now + 1);
  if (coming.length === 0) return { step: { kind: 'advance', ms: drawLength(chance) }, probe: null };
  const { at, probe } = chance.pick(coming);
  // To the instant, or one millisecond to either side, or some hours later.
  const beside = chance.percent(70) ? chance.between(-1, 1) : chance.between(HOUR, 20 * HOUR);
  return { step: { kind: 'advance', ms: at + beside - state.now }, probe: chance.percent(55) ? probe : null };
}
