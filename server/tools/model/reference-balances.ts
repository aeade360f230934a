/** R5.1, R5.2 by the reference model: every account, worked out anew from what happened to orders and payouts. */
import { share } from './reference-prices.js';
import type { Entry, Order, Payout, State } from './reference-state.js';

type Bucket = 'pending' | 'frozen' | 'available' | 'paying' | 'paid';

/** Head and tail of what chargeable refunds left of the base, at the entry's own rate (R5.3, R4.6). */
function partsOf({ baseFen, chargedFen, bps, tail }: Entry): { headFen: number; tailFen: number } {
  const totalFen = share(baseFen - chargedFen, bps);
  const tailFen = share(totalFen, tail.bps);
  return { headFen: totalFen - tailFen, tailFen: tail.state === 'lapsed' ? 0 : tailFen };
}

function bucketsOf(order: Order, { released, tail }: Entry): { head: Bucket; tail: Bucket } {
  if (order.receivedAt === null) return { head: 'pending', tail: 'pending' };
  return { head: released ? 'available' : 'frozen', tail: tail.state === 'released' ? 'available' : 'frozen' };
}

/** What a payout keeps from her balance: all of it, less what came back. */
export function goneFen({ amountFen, state, parts }: Payout): number {
  if (state === 'rejected' || state === 'withdrawn') return 0;
  return amountFen - sum(parts.flatMap((part) => (part.state === 'failed' ? part.amountFen : [])));
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((all, amount) => all + amount, 0);
}

/** Every payee's accounts, `guide:3:pending`, without those that are zero. */
export function balances(state: State): Map<string, number> {
  const accounts = new Map<string, number>();
  const add = (owner: string, bucket: Bucket, amountFen: number): void => {
    accounts.set(`${owner}:${bucket}`, (accounts.get(`${owner}:${bucket}`) ?? 0) + amountFen);
  };
  for (const order of state.orders.values()) {
    for (const entry of order.lines.flatMap(({ entries }) => entries)) {
      const { headFen, tailFen } = partsOf(entry);
      const buckets = bucketsOf(order, entry);
      add(entry.payee, buckets.head, headFen);
      add(entry.payee, buckets.tail, tailFen);
    }
  }
  for (const payout of state.payouts.values()) {
    const owner = `guide:${payout.guide}`;
    const paidFen = sum(payout.parts.flatMap((part) => (part.state === 'succeeded' ? part.amountFen : [])));
    add(owner, 'available', -goneFen(payout));
    add(owner, 'paying', goneFen(payout) - paidFen);
    add(owner, 'paid', paidFen);
  }
  return new Map([...accounts].filter(([, amountFen]) => amountFen !== 0));
}

export function balanceOf(state: State, account: string): number {
  return balances(state).get(account) ?? 0;
}
