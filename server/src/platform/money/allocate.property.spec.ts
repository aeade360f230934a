import { type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import { allocateDiscount, allocateFen } from './allocate.js';

const amount = fc.integer({ min: 0, max: 1_000_000_00 }).map(fen);
const amounts = fc.array(amount, { minLength: 1, maxLength: 12 });
const total = (parts: readonly Fen[]): number => parts.reduce<number>((sum, part) => sum + part, 0);

describe('allocation by largest remainder (R1.2)', () => {
  it('sums to the total exactly and gives no negative part', () => {
    fc.assert(
      fc.property(amount, amounts, (whole, weights) => {
        const parts = allocateFen(whole, weights);
        expect(parts).toHaveLength(weights.length);
        expect(total(parts)).toBe(whole);
        expect(parts.every((part) => part >= 0)).toBe(true);
      }),
    );
  });

  it('stays within one fen of the exact share', () => {
    fc.assert(
      fc.property(amount, amounts, (whole, weights) => {
        const sum = total(weights);
        fc.pre(sum > 0);
        allocateFen(whole, weights).forEach((part, index) => {
          const distance = BigInt(part) * BigInt(sum) - BigInt(whole) * BigInt(weights[index] ?? 0);
          expect(distance > -BigInt(sum) && distance < BigInt(sum)).toBe(true);
        });
      }),
    );
  });

  it('never lets a discount part pass its line', () => {
    fc.assert(
      fc.property(amount, amounts, (discount, lines) => {
        const parts = allocateDiscount(discount, lines);
        expect(total(parts)).toBe(Math.min(discount, total(lines)));
        parts.forEach((part, index) => {
          expect(part).toBeLessThanOrEqual(lines[index] ?? -1);
        });
      }),
    );
  });

  it('breaks ties by line order and allocates all-zero weights equally', () => {
    expect(allocateFen(fen(5), [fen(1), fen(1), fen(1)])).toEqual([2, 2, 1]);
    expect(allocateFen(fen(7), [fen(0), fen(0)])).toEqual([4, 3]);
  });

  it('spreads C5: a coupon of ¥30 over ¥199.00 and ¥59.90 is 2306 and 694 fen', () => {
    expect(allocateDiscount(fen(3000), [fen(19_900), fen(5_990)])).toEqual([2306, 694]);
  });

  it('spreads C14: freight of ¥12 over ¥5 and a gift of ¥0 is 1200 and 0, without a cap', () => {
    expect(allocateFen(fen(1200), [fen(500), fen(0)])).toEqual([1200, 0]);
  });
});
