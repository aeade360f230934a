/** R2.3 by the reference model: two clocks, restarted by completed orders, and paid orders that hold a protection. */
import { type BindingRow, type Hold, type Order, personOf, type State, settingsAt } from './reference-state.js';
import { DAY } from './world.js';

export interface Standing {
  row: BindingRow;
  position: number;
  isProtected: boolean;
  isValid: boolean;
}

/** The row in force at `at`, and what it is worth then; null: never bound by that time. */
export function standingAt(state: State, person: number, at: number): Standing | null {
  const position = positionAt(personOf(state, person).bindings, at);
  const row = personOf(state, person).bindings[position];
  if (row === undefined) return null;
  const isProtected = protectedAt(state, person, at, new Set());
  // Nobody's customer is bound to nobody, but the windows run all the same: her store may have a claim on her (R3.4).
  return { row, position, isProtected, isValid: isProtected || at < row.validUntil };
}

function positionAt(rows: readonly BindingRow[], at: number): number {
  return rows.findLastIndex(({ startsAt }) => startsAt <= at);
}

/** By the clock of the row in force, or by a paid order that was placed under this protection and has not ended. */
function protectedAt(state: State, person: number, at: number, seen: ReadonlySet<Order>): boolean {
  const rows = personOf(state, person).bindings;
  const row = rows[positionAt(rows, at)];
  if (row === undefined) return false;
  if (at < row.protectedUntil) return true;
  return [...state.orders.values()].some((order) => {
    const { hold } = order;
    if (order.person !== person || hold === null || hold.relation !== row.relation || seen.has(order)) return false;
    const holds = hold.paidAt <= at && (hold.endedAt === null || at < hold.endedAt);
    return holds && protectedAt(state, person, hold.orderedAt, new Set([...seen, order]));
  });
}

export interface NewRow {
  guide: number | null;
  store: number | null;
  at: number;
  cause: 'join' | 'order' | 'renewal' | 'hand-over' | 'choice' | 'transfer';
}

/** Appends a row. It carries a relation on when it is the same guide's and the binding still stands. */
export function bind(state: State, person: number, { guide, store, at, cause }: NewRow): void {
  const rows = personOf(state, person).bindings;
  const last = rows.at(-1);
  const stands = cause === 'renewal' || guideAt(state, person, at) !== null;
  const continues = last !== undefined && last.guide === guide && stands;
  const { bindingProtectionDays, bindingValidDays } = settingsAt(state, at);
  state.bindingsMade += 1;
  rows.push({
    made: state.bindingsMade,
    guide,
    store,
    isChoice: cause === 'choice',
    relation: continues ? last.relation : rows.length,
    since: continues ? last.since : at,
    startsAt: at,
    protectedUntil: at + bindingProtectionDays * DAY,
    validUntil: at + bindingValidDays * DAY,
  });
}

/** The guide whom she has at `at`; null: none, or one whose binding has run out. */
export function guideAt(state: State, person: number, at: number): number | null {
  const standing = standingAt(state, person, at);
  return standing?.isValid ? standing.row.guide : null;
}

/** A paid order: one that a binding won holds it; one that a touch won makes a binding, unless a protected one stands. */
export function bindByPaidOrder(state: State, order: Order): void {
  const { person, decision, createdAt } = order;
  const { now } = state;
  if (decision.binding !== null) {
    const row = personOf(state, person).bindings[decision.binding];
    if (row !== undefined) order.hold = holdOf(row, createdAt, now);
    return;
  }
  const { branch, guide, store } = decision;
  if (branch !== 'c' || guide === null || guide === person) return;
  // Who has left by then takes nobody on.
  if (personOf(state, guide).guide?.status === 'left') return;
  const standing = standingAt(state, person, now);
  if (standing !== null && standing.row.guide !== null && standing.isProtected) return;
  bind(state, person, { guide, store, at: now, cause: 'order' });
  const row = personOf(state, person).bindings.at(-1);
  if (row !== undefined) order.hold = holdOf(row, now, now);
}

function holdOf(row: BindingRow, orderedAt: number, paidAt: number): Hold {
  return { relation: row.relation, orderedAt, paidAt, endedAt: null };
}

/** Completion restarts both clocks of the relation that the order belongs to, if it is still the member's. */
export function completeOrder(state: State, order: Order, at: number): void {
  const { hold, person } = order;
  if (hold === null || hold.endedAt !== null) return;
  hold.endedAt = at;
  const last = personOf(state, person).bindings.at(-1);
  if (last === undefined || last.relation !== hold.relation) return;
  bind(state, person, { ...last, at: Math.max(at, last.startsAt), cause: 'renewal' });
}
