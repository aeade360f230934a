import { fen } from '@mall/shared/money';
import { shortYuanText, splitPrice, yuanText } from './price';

describe('a price in parts (R1.1)', () => {
  it.each([
    [1, '', '0', '01'],
    [12_900, '', '129', '00'],
    [9_999_999, '', '99999', '99'],
    [0, '', '0', '00'],
    [-250, '-', '2', '50'],
  ])('%i fen', (amount, sign, yuan, rest) => {
    expect(splitPrice(fen(amount))).toEqual({ sign, yuan, fen: rest });
  });

  it('writes whole yuan short and keeps fen when there are any', () => {
    expect(shortYuanText(fen(3_000))).toBe('¥30');
    expect(shortYuanText(fen(1_319))).toBe('¥13.19');
    expect(yuanText(fen(-3_333))).toBe('-¥33.33');
  });
});
