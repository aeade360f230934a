/** Draws how far the clock moves on: some hours, some weeks, or to the very instant at which a window ends. */
import type { Chance } from './chance.js';
import { type State, settingsAt } from './reference-state.js';
import type { Step } from './steps.js';
import { DAY, HOUR } from './world.js';

/** Instants at which something changes by itself, by what it is about. */
function ends(state: State): Record<'protection' | 'validity' | 'touch' | 'order' | 'rule', number[]> {
  const windowMs = settingsAt(state, state.now).touchWindowDays * DAY;
  const rows = state.people.flatMap(({ bindings }) => bindings.at(-1) ?? []);
  const touches = state.people.flatMap(({ touches: all }) => all.at(-1) ?? []);
  const orders = [...state.orders.values()];
  const moving = orders.filter(({ state: at }) => at === 'shipped' || at === 'received');
  const received = orders.filter(({ receivedAt }) => receivedAt !== null);
  return {
    protection: rows.map(({ protectedUntil }) => protectedUntil),
    validity: rows.map(({ validUntil }) => validUntil),
    touch: touches.map(({ at }) => at + windowMs),
    order: [
      ...moving.map(({ dueAt }) => dueAt),
      ...received.flatMap(({ availableAt, finalAt, tailDueAt }) => [availableAt, availableAt, finalAt, tailDueAt]),
    ],
    rule: [...state.coupons.map(({ expiresAt }) => expiresAt), ...state.rates.flatMap(({ from, to }) => to ?? from)],
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

export function drawAdvance(chance: Chance, state: State): Step {
  const what = chance.weighted([
    [40, 'protection'],
    [5, 'validity'],
    [22, 'touch'],
    [18, 'order'],
    [5, 'rule'],
    [30, null],
  ] as const);
  const coming = what === null ? [] : ends(state)[what].filter((instant) => instant > state.now + 1);
  if (coming.length === 0) return { kind: 'advance', ms: drawLength(chance) };
  // To the instant, or one millisecond to either side, or some hours later.
  const beside = chance.percent(70) ? chance.between(-1, 1) : chance.between(HOUR, 20 * HOUR);
  return { kind: 'advance', ms: chance.pick(coming) + beside - state.now };
}
