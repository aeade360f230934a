import { parseYuan } from './parse-yuan';

describe('an amount that is typed', () => {
  it.each([
    ['0.30', 30],
    ['12', 1_200],
    ['12.3', 1_230],
    [' 200.20 ', 20_020],
    ['1.1', 110],
    ['4.35', 435],
    ['008', 800],
    ['0', 0],
    ['99999999.99', 9_999_999_999],
  ])('reads %s as whole fen (R1.1)', (text, amount) => {
    expect(parseYuan(text)).toEqual({ kind: 'amount', fen: amount });
  });

  it.each([
    '1.234',
    '1,000',
    '1.',
    '.5',
    '-3',
    '+3',
    '1e3',
    '0x10',
    '１２',
    'NaN',
    'Infinity',
    '12元',
    '1 2',
    '1..2',
    '9'.repeat(9),
  ])('refuses %s instead of guessing', (text) => {
    expect(parseYuan(text)).toEqual({ kind: 'garbage' });
  });

  it.each(['', '   '])('takes blanks for nothing typed', (text) => {
    expect(parseYuan(text)).toEqual({ kind: 'empty' });
  });
});
