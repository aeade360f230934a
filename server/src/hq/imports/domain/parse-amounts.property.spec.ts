import { fen, formatYuan } from '@mall/shared/money';
import fc from 'fast-check';
import { parsePrice, parseQuantity } from './parse-amounts.js';

describe('amounts of a catalogue file', () => {
  it('R1.1: every amount of fen survives being written as yuan and read again', () => {
    fc.assert(
      fc.property(fc.nat({ max: 99_999_999_999 }), (amount) => {
        expect(parsePrice(formatYuan(fen(amount)))).toEqual({ fen: amount });
      }),
    );
  });

  it('R1.1: zeros before and after change nothing', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999 }), fc.nat({ max: 5 }), fc.nat({ max: 5 }), (amount, before, after) => {
        const text = `${'0'.repeat(before)}${formatYuan(fen(amount))}${'0'.repeat(after)}`;
        expect(parsePrice(text)).toEqual({ fen: amount });
      }),
    );
  });

  it('R1.1: any text is either whole fen or a fault, never a crash or a fraction', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+\d.,¥ e]*$/)), (text) => {
        const parsed = parsePrice(text);
        expect('fault' in parsed ? parsed.fault.length > 0 : Number.isSafeInteger(parsed.fen) && parsed.fen >= 0).toBe(
          true,
        );
        const quantity = parseQuantity(text);
        expect(quantity === null || Number.isSafeInteger(quantity)).toBe(true);
      }),
    );
  });
});
