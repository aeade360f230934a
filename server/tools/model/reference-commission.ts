/** R4.1, R5.2 to R5.4 by the reference model: what each payee has, worked out anew from what happened to the orders. */
import { share } from './reference-prices.js';
import {
  AFTER_SALE_DAYS,
  type Entry,
  type Order,
  personOf,
  type Refund,
  type State,
  settingsAt,
} from './reference-state.js';
import { DAY } from './world.js';

export type Bucket = 'pending' | 'frozen' | 'available' | 'paying' | 'paid';

/** What the commission of an entry is now: its own rate on what chargeable refunds left of its base (R5.3). */
export function standing(entry: Entry): number {
  return share(entry.baseFen - entry.chargedFen, entry.bps);
}

/** One entry a line and payee, at the rate that was frozen with the order. Nothing is earned without a guide. */
export function accrue(order: Order): void {
  for (const line of order.lines) {
    const { guide, store, guideBps, storeBps, baseFen } = line;
    if (guide === null || guideBps === null || storeBps === null) continue;
    const base = { baseFen, chargedFen: 0, released: false };
    line.entries.push({ ...base, payee: `guide:${guide}`, guide, bps: guideBps });
    if (store !== null && storeBps > 0)
      line.entries.push({ ...base, payee: `store:${store}`, guide: null, bps: storeBps });
  }
}

/** Receipt starts the clocks: never payment. */
export function startClocks(state: State, order: Order, at: number): void {
  const { commissionFreezeDays, commissionFinalDays } = settingsAt(state, at);
  order.receivedAt = at;
  const freezeDays = Math.max(commissionFreezeDays, AFTER_SALE_DAYS);
  order.availableAt = at + freezeDays * DAY;
  order.finalAt = at + Math.max(commissionFinalDays, freezeDays) * DAY;
}

/** R5.2: what is due becomes available, unless an after-sale of its order is open or its guide is suspended (R2.4). */
export function releaseDue(state: State): void {
  for (const order of state.orders.values()) {
    if (order.receivedAt === null || state.now < order.availableAt || hasOpenRefund(state, order.label)) continue;
    for (const entry of order.lines.flatMap(({ entries }) => entries)) {
      const guide = entry.guide === null ? null : personOf(state, entry.guide).guide;
      if (guide?.status !== 'suspended') entry.released = true;
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

function bucketOf(order: Order, entry: Entry): Bucket {
  if (entry.released) return 'available';
  return order.receivedAt === null ? 'pending' : 'frozen';
}

/** Every payee's accounts, `guide:3:pending`, without those that are zero. */
export function balances(state: State): Map<string, number> {
  const sums = new Map<string, number>();
  for (const order of state.orders.values()) {
    for (const entry of order.lines.flatMap(({ entries }) => entries)) {
      const account = `${entry.payee}:${bucketOf(order, entry)}`;
      sums.set(account, (sums.get(account) ?? 0) + standing(entry));
    }
  }
  return new Map([...sums].filter(([, amountFen]) => amountFen !== 0));
}
