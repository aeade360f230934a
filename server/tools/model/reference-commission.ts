/** R4.6, R5.2 to R5.4 by the reference model: how a commission comes to be, waits, is released and taken back. */
import {
  type Entry,
  type Order,
  orderSettingsAt,
  personOf,
  type Refund,
  type State,
  settingsAt,
} from './reference-state.js';
import { DAY } from './world.js';

/** One entry a line and payee, at the rate that was frozen with the order. Nothing is earned without a guide. */
export function accrue(state: State, order: Order): void {
  const { tailBps, tailVesting: vesting } = settingsAt(state, order.createdAt);
  for (const line of order.lines) {
    const { guide, store, guideBps, storeBps, baseFen } = line;
    if (guide === null || guideBps === null || storeBps === null) continue;
    const base = { baseFen, chargedFen: 0, released: false };
    const tail = (bps: number): Entry['tail'] => ({ bps, vesting, state: 'waiting' });
    line.entries.push({ ...base, payee: `guide:${guide}`, guide, bps: guideBps, tail: tail(tailBps) });
    // Only a guide's part vests in parts: a store is a merchant, not somebody to keep.
    if (store !== null && storeBps > 0) {
      line.entries.push({ ...base, payee: `store:${store}`, guide: null, bps: storeBps, tail: tail(0) });
    }
  }
  vestBySecondOrder(state, order);
}

/** R4.6: a second order vests the tails of those before it, unless they were final when it was placed. */
function vestBySecondOrder(state: State, paid: Order): void {
  const others = [...state.orders.values()].filter((order) => order.person === paid.person && order.paidAt !== null);
  const isBefore = (one: Order, other: Order): boolean =>
    one.createdAt < other.createdAt || (one.createdAt === other.createdAt && one.label < other.label);
  for (const earlier of others.filter((order) => isBefore(order, paid))) {
    if (earlier.receivedAt === null || paid.createdAt < earlier.finalAt) vest(earlier, 'second_order');
  }
  // Paid later than one that was placed after it: the second order is here already.
  if (others.some((order) => isBefore(paid, order))) vest(paid, 'second_order');
}

function vest(order: Order, vesting: Entry['tail']['vesting']): void {
  for (const { tail } of order.lines.flatMap(({ entries }) => entries)) {
    if (tail.vesting === vesting && tail.state === 'waiting') tail.state = 'vested';
  }
}

/** Receipt starts the clocks: never payment. */
export function startClocks(state: State, order: Order, at: number): void {
  const { commissionFreezeDays, commissionFinalDays } = settingsAt(state, at);
  // A tail's terms are those of the order's creation (R3.4).
  const { tailDays } = settingsAt(state, order.createdAt);
  // Money that could still be asked back is not hers yet, whatever the setting says.
  const freezeDays = Math.max(commissionFreezeDays, orderSettingsAt(state, at).afterSaleDays);
  order.receivedAt = at;
  order.availableAt = at + freezeDays * DAY;
  order.finalAt = at + Math.max(commissionFinalDays, freezeDays) * DAY;
  order.tailDueAt = at + Math.max(tailDays, freezeDays) * DAY;
}

/** R5.2, R2.4: what is due becomes available, unless an after-sale of its order is open or its guide is suspended. */
export function releaseDue(state: State): void {
  for (const order of state.orders.values()) {
    if (order.receivedAt === null || hasOpenRefund(state, order.label)) continue;
    if (state.now >= order.tailDueAt) vest(order, 'days');
    for (const entry of order.lines.flatMap(({ entries }) => entries)) {
      const { tail, guide } = entry;
      if (tail.vesting === 'second_order' && tail.state === 'waiting' && state.now >= order.finalAt)
        tail.state = 'lapsed';
      if (guide !== null && personOf(state, guide).guide?.status === 'suspended') continue;
      if (state.now >= order.availableAt) entry.released = true;
      if (entry.released && tail.state === 'vested') tail.state = 'released';
    }
  }
}

export function hasOpenRefund(state: State, order: number): boolean {
  return [...state.refunds.values()].some((refund) => refund.order === order && refund.state === 'open');
}

/** R5.3, R5.4: goodwill and refunds asked for after finality are HQ's to bear. */
export function charge(order: Order, refund: Refund): void {
  const isFinal = order.receivedAt !== null && refund.requestedAt >= order.finalAt;
  if (refund.goodwill || isFinal) return;
  for (const { line, amountFen } of refund.lines) {
    for (const entry of order.lines[line]?.entries ?? []) entry.chargedFen += amountFen;
  }
}
