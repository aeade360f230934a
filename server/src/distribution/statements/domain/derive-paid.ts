/**
 * R5.3, C9: payouts debit the balance and not lines, so which commission is `paid` is derived: payouts take the oldest
 * available money first, and a reversal of what was paid is a debt that the other money pays, oldest first.
 */
import { type Fen, fen } from '@mall/shared/money';

/** One move of a guide's available balance, in the order in which they were posted. Amounts are positive. */
export type AvailableMove =
  /** Released, vested, or given to her by a dispute. */
  | { kind: 'credit'; entryId: string; amountFen: number }
  /** Reversed by a refund. */
  | { kind: 'debit'; entryId: string; amountFen: number }
  /** Given to somebody else by a dispute: it is not hers any more, paid or not. */
  | { kind: 'moved'; entryId: string; amountFen: number }
  | { kind: 'payout'; payoutId: string; amountFen: number }
  /** Part of a payout, or all of it, that came back. */
  | { kind: 'returned'; payoutId: string; amountFen: number };

export interface EntryMoney {
  /** What left with payouts that arrived, or paid a debt. */
  paidFen: Fen;
  /** What still stands in the available balance, or is on its way to her. */
  openFen: Fen;
}

export interface DerivedPaid {
  entries: Map<string, EntryMoney>;
  /** What she owes: paid out, reversed, and not yet paid back by other money. Above 0 only when nothing is open. */
  debtFen: Fen;
}

interface Lot {
  openFen: number;
  paidFen: number;
}

/** The fold. `sum(open) − debt` is the balance of the moves, whatever their order. */
export function derivePaid(moves: readonly AvailableMove[]): DerivedPaid {
  const back = returnedByPayout(moves);
  const fold = new Fold();
  for (const move of moves) {
    if (move.kind === 'credit') fold.credit(move.entryId, move.amountFen);
    if (move.kind === 'debit') fold.debit(move.entryId, move.amountFen);
    if (move.kind === 'moved') fold.move(move.entryId, move.amountFen);
    if (move.kind === 'payout') fold.owe(back.takeFrom(move.payoutId, move.amountFen));
  }
  back.expectNoneLeft();
  return fold.result();
}

/** What came back of a payout never left: with it the payout would have been smaller from the start. */
function returnedByPayout(moves: readonly AvailableMove[]) {
  const left = new Map<string, number>();
  for (const move of moves) {
    if (move.kind === 'returned') left.set(move.payoutId, (left.get(move.payoutId) ?? 0) + move.amountFen);
  }
  return {
    takeFrom(payoutId: string, amountFen: number): number {
      const returned = Math.min(left.get(payoutId) ?? 0, amountFen);
      left.set(payoutId, (left.get(payoutId) ?? 0) - returned);
      return amountFen - returned;
    },
    expectNoneLeft(): void {
      for (const [payoutId, amountFen] of left) {
        if (amountFen !== 0) throw new RangeError(`${amountFen} fen more came back of payout ${payoutId} than left`);
      }
    },
  };
}

class Fold {
  /** In the order of their crediting; an entry may have several (a head and a tail). */
  private readonly lots: Lot[] = [];
  private readonly byEntry = new Map<string, Lot[]>();
  /** No lot before this one is open. */
  private head = 0;
  private debt = 0;

  credit(entryId: string, amountFen: number): void {
    const pays = Math.min(this.debt, amountFen);
    this.debt -= pays;
    const lot = { openFen: amountFen - pays, paidFen: pays };
    this.lots.push(lot);
    this.byEntry.set(entryId, [...(this.byEntry.get(entryId) ?? []), lot]);
  }

  /** The entry's own open money goes first; what was paid out of it becomes a debt. */
  debit(entryId: string, amountFen: number): void {
    this.owe(this.take(entryId, 'openFen', amountFen));
  }

  /** What had been paid of it goes back into the debt, so that coming home again does not count it twice. */
  move(entryId: string, amountFen: number): void {
    const paidOut = this.take(entryId, 'openFen', amountFen);
    this.take(entryId, 'paidFen', paidOut);
    this.owe(paidOut);
  }

  /** Takes from the entry's own lots; returns what they did not have. */
  private take(entryId: string, part: keyof Lot, amountFen: number): number {
    let left = amountFen;
    for (const lot of this.byEntry.get(entryId) ?? []) {
      const takes = Math.min(lot[part], left);
      lot[part] -= takes;
      left -= takes;
    }
    return left;
  }

  /** Takes from what is open, oldest first; the rest is owed. */
  owe(amountFen: number): void {
    let left = amountFen;
    for (; left > 0 && this.head < this.lots.length; ) {
      const lot = this.lots[this.head] as Lot;
      const takes = Math.min(lot.openFen, left);
      lot.openFen -= takes;
      lot.paidFen += takes;
      left -= takes;
      if (lot.openFen === 0) this.head += 1;
    }
    this.debt += left;
  }

  result(): DerivedPaid {
    const entries = new Map<string, EntryMoney>();
    for (const [entryId, lots] of this.byEntry) {
      const sum = (part: keyof Lot): Fen => fen(lots.reduce((all, lot) => all + lot[part], 0));
      entries.set(entryId, { paidFen: sum('paidFen'), openFen: sum('openFen') });
    }
    return { entries, debtFen: fen(this.debt) };
  }
}
