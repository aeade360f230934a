import fc from 'fast-check';
import { type AvailableMove, derivePaid } from './derive-paid.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };
const amountFen = fc.integer({ min: 1, max: 1_000 });
const entryId = fc.constantFrom('a', 'b', 'c', 'd');
const credit = fc.record({ kind: fc.constant('credit' as const), entryId, amountFen });
const debit = fc.record({ kind: fc.constant('debit' as const), entryId, amountFen });
const moved = fc.record({ kind: fc.constant('moved' as const), entryId, amountFen });
const payout = fc.record({ amountFen, returnedFen: fc.nat({ max: 1_000 }), later: fc.nat({ max: 6 }) });

/** Moves in any order, also in ones that a ledger would refuse: the fold must hold for all of them. */
const history = fc
  .array(fc.oneof(credit, credit, debit, moved, payout), { maxLength: 24 })
  .map((steps) => steps.flatMap(moves))
  .map((timed) => timed.sort((a, b) => a.at - b.at).map(({ move }) => move));

type Step = AvailableMove | { amountFen: number; returnedFen: number; later: number };

function moves(step: Step, n: number): { at: number; move: AvailableMove }[] {
  if ('kind' in step) return [{ at: n, move: step }];
  const payoutId = `p${n}`;
  const back = Math.min(step.returnedFen, step.amountFen);
  const out = { at: n, move: { kind: 'payout' as const, payoutId, amountFen: step.amountFen } };
  const home = { at: n + step.later + 0.5, move: { kind: 'returned' as const, payoutId, amountFen: back } };
  return back === 0 ? [out] : [out, home];
}

const signed = (move: AvailableMove): number =>
  move.kind === 'credit' || move.kind === 'returned' ? move.amountFen : -move.amountFen;
const balanceOf = (all: readonly AvailableMove[]): number => all.reduce((sum, move) => sum + signed(move), 0);
const total = (all: readonly AvailableMove[], kind: AvailableMove['kind']): number =>
  all.filter((move) => move.kind === kind).reduce((sum, move) => sum + move.amountFen, 0);

describe('which commission is paid (R5.3)', () => {
  it('C9: A and B of ¥10, ¥10 paid out, A refunded: A is paid and reversed, B pays the debt, she owes nothing', () => {
    const credited: AvailableMove[] = [
      { kind: 'credit', entryId: 'a', amountFen: 1_000 },
      { kind: 'credit', entryId: 'b', amountFen: 1_000 },
      { kind: 'payout', payoutId: 'p', amountFen: 1_000 },
    ];
    const before = derivePaid(credited).entries;
    expect([before.get('a'), before.get('b')]).toEqual([
      { paidFen: 1_000, openFen: 0 },
      { paidFen: 0, openFen: 1_000 },
    ]);
    const { entries, debtFen } = derivePaid([...credited, { kind: 'debit', entryId: 'a', amountFen: 1_000 }]);
    expect(entries.get('a')).toEqual({ paidFen: 1_000, openFen: 0 });
    expect(entries.get('b')).toEqual({ paidFen: 1_000, openFen: 0 });
    expect(debtFen).toBe(0);
  });

  it('R5.3: a reversal of what was paid is a debt that the next release pays', () => {
    const moves: AvailableMove[] = [
      { kind: 'credit', entryId: 'a', amountFen: 500 },
      { kind: 'payout', payoutId: 'p', amountFen: 500 },
      { kind: 'debit', entryId: 'a', amountFen: 300 },
    ];
    expect(derivePaid(moves).debtFen).toBe(300);
    const { entries, debtFen } = derivePaid([...moves, { kind: 'credit', entryId: 'b', amountFen: 700 }]);
    expect([entries.get('b'), debtFen]).toEqual([{ paidFen: 300, openFen: 400 }, 0]);
  });

  it('R5.3: what comes back of a payout was never paid, the newest money first', () => {
    const { entries } = derivePaid([
      { kind: 'credit', entryId: 'a', amountFen: 400 },
      { kind: 'credit', entryId: 'b', amountFen: 600 },
      { kind: 'payout', payoutId: 'p', amountFen: 900 },
      { kind: 'returned', payoutId: 'p', amountFen: 550 },
    ]);
    expect([entries.get('a'), entries.get('b')]).toEqual([
      { paidFen: 350, openFen: 50 },
      { paidFen: 0, openFen: 600 },
    ]);
  });

  it('C10: a paid commission that goes to another guide and comes back is paid once', () => {
    const moves: AvailableMove[] = [
      { kind: 'credit', entryId: 'a', amountFen: 1_000 },
      { kind: 'payout', payoutId: 'p', amountFen: 1_000 },
      { kind: 'moved', entryId: 'a', amountFen: 1_000 },
    ];
    expect(derivePaid(moves)).toEqual({ entries: new Map([['a', { paidFen: 0, openFen: 0 }]]), debtFen: 1_000 });
    const home = derivePaid([...moves, { kind: 'credit', entryId: 'a', amountFen: 1_000 }]);
    expect(home).toEqual({ entries: new Map([['a', { paidFen: 1_000, openFen: 0 }]]), debtFen: 0 });
  });

  it('R5.3: refuses a history in which more came back than left', () => {
    expect(() => derivePaid([{ kind: 'returned', payoutId: 'p', amountFen: 1 }])).toThrow('more came back');
  });

  it('R5.3: open money less debt is the balance, after every step, and both never stand together', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const { entries, debtFen } = derivePaid(moves);
        const open = [...entries.values()].reduce((sum, entry) => sum + entry.openFen, 0);
        expect(open - debtFen).toBe(balanceOf(moves));
        expect(open === 0 || debtFen === 0).toBe(true);
      }),
      RUNS,
    );
  });

  it('R5.3: no entry shows more than was credited to it, and all that was paid left or was owed', () => {
    fc.assert(
      fc.property(history, (moves) => {
        const { entries, debtFen } = derivePaid(moves);
        let paid = 0;
        for (const [id, entry] of entries) {
          const credited = moves.filter((move) => move.kind === 'credit' && move.entryId === id);
          expect(entry.paidFen).toBeGreaterThanOrEqual(0);
          expect(entry.openFen).toBeGreaterThanOrEqual(0);
          expect(entry.paidFen + entry.openFen).toBeLessThanOrEqual(total(credited, 'credit'));
          paid += entry.paidFen;
        }
        const left = total(moves, 'payout') - total(moves, 'returned');
        expect(paid + debtFen).toBeGreaterThanOrEqual(left);
        expect(paid + debtFen).toBeLessThanOrEqual(left + total(moves, 'debit') + total(moves, 'moved'));
      }),
      RUNS,
    );
  });

  it('R5.3: takes the oldest first: no entry is paid while an older one is wholly open', () => {
    const simple = fc.array(fc.oneof(credit, payout), { maxLength: 16 });
    fc.assert(
      fc.property(simple, (steps) => {
        let made = 0;
        const moves = steps.flatMap((step, n): AvailableMove[] => {
          if ('kind' in step) return [{ ...step, entryId: `e${made++}` }];
          return [{ kind: 'payout', payoutId: `p${n}`, amountFen: step.amountFen }];
        });
        const entries = [...derivePaid(moves).entries.values()];
        const firstOpen = entries.findIndex(({ openFen }) => openFen > 0);
        if (firstOpen < 0) return;
        for (const newer of entries.slice(firstOpen + 1)) expect(newer.paidFen).toBe(0);
      }),
      RUNS,
    );
  });
});
