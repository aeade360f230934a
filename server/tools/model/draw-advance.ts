/** Draws how far the clock moves on: some hours, some weeks, or to the very instant at which a window ends. */
import type { Chance } from './chance.js';
import { type State, settingsAt } from './reference-state.js';
import type { Step } from './steps.js';
import { DAY, HOUR } from './world.js';

/** Instants still to come at which something changes by itself. */
function ends(state: State): number[] {
  const { touchWindowDays } = settingsAt(state, state.now);
  const instants: number[] = [];
  for (const { bindings, touches } of state.people) {
    const row = bindings.at(-1);
    if (row !== undefined) instants.push(row.protectedUntil, row.validUntil);
    const touch = touches.at(-1);
    if (touch !== undefined) instants.push(touch.at + touchWindowDays * DAY);
  }
  for (const order of state.orders.values()) {
    if (order.receivedAt !== null) instants.push(order.availableAt, order.finalAt);
    if (order.state === 'shipped' || order.state === 'received') instants.push(order.dueAt);
  }
  instants.push(...state.coupons.map(({ expiresAt }) => expiresAt), ...state.rates.map(({ from }) => from));
  instants.push(...state.settings.map(({ from }) => from));
  return instants.filter((instant) => instant > state.now);
}

export function drawAdvance(chance: Chance, state: State): Step {
  const coming = ends(state);
  if (coming.length > 0 && chance.percent(40)) {
    const ms = chance.pick(coming) + chance.between(-1, 1) - state.now;
    if (ms > 0) return { kind: 'advance', ms };
  }
  const ms = chance.weighted([
    [30, chance.between(1, 30 * HOUR)],
    [35, chance.between(1, 8) * DAY],
    [15, chance.between(8 * DAY, 20 * DAY)],
    [6, chance.between(30 * DAY, 75 * DAY)],
  ]);
  return { kind: 'advance', ms };
}
