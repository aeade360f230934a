import { bps, type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import { shareOf } from '../../../platform/money/rate.js';
import { type EarnedLine, isChargeable, reversalOf } from './reverse-commission.js';

const RUNS = { numRuns: 10_000 };

function refund(line: EarnedLine, amount: number): EarnedLine {
  const after = { ...line, refundedBaseFen: fen(line.refundedBaseFen + amount) };
  return { ...after, reversedFen: fen(line.reversedFen + reversalOf(after)) };
}

const lineOf = (base: number, rate: number): EarnedLine => ({
  baseFen: fen(base),
  rateBps: bps(rate),
  postedFen: shareOf(fen(base), bps(rate)),
  reversedFen: fen(0),
  refundedBaseFen: fen(0),
});

const left = (line: EarnedLine): Fen => fen(line.postedFen - line.reversedFen);

describe('reversal of a commission by refunds (R5.3)', () => {
  it('ends at the same fen for n partial refunds as for one refund of their sum', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 1, maxLength: 8 }),
        (base, rate, weights) => {
          const parts = weights.map((weight) => Math.floor((base * weight) / 800));
          const whole = parts.reduce((sum, part) => sum + part, 0);
          const inParts = parts.reduce(refund, lineOf(base, rate));
          const atOnce = refund(lineOf(base, rate), whole);
          if (left(inParts) !== left(atOnce)) throw new Error(`${left(inParts)} is not ${left(atOnce)}`);
          if (left(inParts) !== shareOf(fen(base - whole), bps(rate))) throw new Error('not the share of what is left');
        },
      ),
      RUNS,
    );
  });

  it('takes back everything on a full refund and never more than was posted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 0, max: 10_000 }), (base, rate) => {
        const line = refund(lineOf(base, rate), base);
        if (left(line) !== 0) throw new Error(`left ${left(line)}`);
      }),
      RUNS,
    );
  });

  it('keeps C8: ¥100 at 10% in refunds of 33.33, 33.33 and 33.34 ends at 0 in any order', () => {
    for (const order of [
      [3333, 3333, 3334],
      [3334, 3333, 3333],
      [3333, 3334, 3333],
    ]) {
      expect(left(order.reduce(refund, lineOf(10_000, 1000)))).toBe(0);
    }
  });

  it('keeps C7: a goodwill refund of ¥10, then ¥90 returned, leaves ¥1 of ¥10', () => {
    expect(isChargeable({ goodwill: true, at: 5 }, null)).toBe(false);
    expect(left(refund(lineOf(10_000, 1000), 9_000))).toBe(100);
  });

  it('keeps C12: a refund at finality is not charged, one a millisecond earlier is', () => {
    expect(isChargeable({ goodwill: false, at: 999 }, 1_000)).toBe(true);
    expect(isChargeable({ goodwill: false, at: 1_000 }, 1_000)).toBe(false);
  });

  it('keeps C6 without tail: ¥99.99 at 333 bps is 332 fen, and 329 after ¥1 is refunded', () => {
    const line = lineOf(9_999, 333);
    expect(line.postedFen).toBe(332);
    expect(left(refund(line, 100))).toBe(329);
  });
});
