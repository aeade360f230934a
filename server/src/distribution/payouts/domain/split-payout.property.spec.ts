import { type Fen, fen } from '@mall/shared/money';
import fc from 'fast-check';
import { grossOfParts, largestPayable, splitPayout } from './split-payout.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 10_000) };
const sum = (parts: readonly Fen[]): number => parts.reduce<number>((all, part) => all + part, 0);
/** Small numbers, so that the edges between two counts of transfers are hit often. */
const limits = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 60 }))
  .map(([transferMinFen, more]) => ({ transferMinFen, transferMaxFen: transferMinFen + more }));
const amount = fc.integer({ min: 1, max: 600 }).map(fen);
const DEFAULTS = { transferMinFen: 30, transferMaxFen: 20_000 };

/** Whether n transfers within the limits can sum to the amount, for any n: by the definition. */
function payable(amountFen: number, { transferMinFen, transferMaxFen }: typeof DEFAULTS): boolean {
  for (let n = 1; n * transferMinFen <= amountFen; n += 1) if (n * transferMaxFen >= amountFen) return true;
  return false;
}

describe('transfers of a payout (R5.5)', () => {
  it('C24: ¥200.20 goes as ¥199.90 and ¥0.30', () => {
    expect(splitPayout(fen(20_020), DEFAULTS)).toEqual({ parts: [19_990, 30] });
  });

  it('C24: ¥0.20 alone is refused with the reason', () => {
    expect(splitPayout(fen(20), DEFAULTS)).toEqual({ refusal: 'below_minimum' });
  });

  it('R5.5: sums exactly, keeps every part within the limits, the largest first and as few as can be', () => {
    fc.assert(
      fc.property(amount, limits, (whole, within) => {
        const split = splitPayout(whole, within);
        if ('refusal' in split) return;
        expect(sum(split.parts)).toBe(whole);
        expect(split.parts).toEqual([...split.parts].sort((a, b) => b - a));
        expect(Math.max(...split.parts)).toBeLessThanOrEqual(within.transferMaxFen);
        expect(Math.min(...split.parts)).toBeGreaterThanOrEqual(within.transferMinFen);
        expect((split.parts.length - 1) * within.transferMaxFen).toBeLessThan(whole);
      }),
      RUNS,
    );
  });

  it('R5.5: refuses an amount only when no set of legal transfers has that sum', () => {
    fc.assert(
      fc.property(amount, limits, (whole, within) => {
        expect('refusal' in splitPayout(whole, within)).toBe(!payable(whole, within));
      }),
      RUNS,
    );
  });

  it('R5.5: offers the largest amount that can be asked for', () => {
    fc.assert(
      fc.property(amount, limits, (whole, within) => {
        let best = whole as number;
        while (best > 0 && !payable(best, within)) best -= 1;
        expect(largestPayable(whole, within)).toBe(best);
      }),
      RUNS,
    );
  });

  it('R5.5: gives each transfer its share of the tax, to the fen', () => {
    fc.assert(
      fc.property(amount, limits, fc.integer({ min: 0, max: 500 }).map(fen), (whole, within, taxFen) => {
        const split = splitPayout(whole, within);
        if ('refusal' in split) return;
        const gross = grossOfParts(split.parts, taxFen);
        expect(sum(gross)).toBe(whole + taxFen);
        gross.forEach((part, index) => {
          expect(part).toBeGreaterThanOrEqual(split.parts[index] ?? Number.NaN);
        });
      }),
      RUNS,
    );
  });
});
