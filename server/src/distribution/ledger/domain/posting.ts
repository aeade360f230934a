/** R5.1: double entry. A posting is a set of legs that sum to zero. */
import type { Fen } from '@mall/shared/money';

export type Account =
  | { ownerKind: 'customers'; bucket: 'payments' }
  | { ownerKind: 'hq'; bucket: 'sales' | 'commission' }
  | { ownerKind: 'guide' | 'store'; ownerId: string; bucket: Bucket };

/** `paying`: asked for and not arrived; `paid`: what has arrived; `withheld`: tax of it, owed for her. */
export type Bucket = 'pending' | 'frozen' | 'available' | 'paying' | 'paid' | 'withheld';

export interface Leg {
  account: Account;
  /** Into the account when positive, out of it when negative. Never zero. */
  amountFen: Fen;
}

/** The two legs that move `amount` from one account to another. */
export function move(amountFen: Fen, from: Account, to: Account): Leg[] {
  return [
    { account: from, amountFen: -amountFen as Fen },
    { account: to, amountFen },
  ];
}

/** Says what is wrong with the legs, or null. A wrong posting is a bug, so the caller throws. */
export function faultOf(legs: readonly Leg[]): string | null {
  if (legs.length < 2) return 'a posting needs two legs at least';
  if (legs.some(({ amountFen }) => amountFen === 0 || !Number.isSafeInteger(amountFen))) {
    return 'a leg must be a whole amount other than zero';
  }
  const sum = legs.reduce((all, { amountFen }) => all + amountFen, 0);
  return sum === 0 ? null : `the legs sum to ${sum}, not to zero`;
}

/** The account's name, `guide:gde_01…:available`. */
export function accountName(account: Account): string {
  return 'ownerId' in account
    ? `${account.ownerKind}:${account.ownerId}:${account.bucket}`
    : `${account.ownerKind}:${account.bucket}`;
}
