import { parsePrice, parseQuantity } from './parse-amounts.js';

describe('amounts of a catalogue file', () => {
  it.each([
    ['19.99', 1_999],
    ['50', 5_000],
    ['0.1', 10],
    ['.05', 5],
    ['7.', 700],
    ['007.50', 750],
    ['10.9900', 1_099],
    ['999999999.99', 99_999_999_999],
    ['1.15', 115],
    ['0', 0],
    ['0.00', 0],
  ])('R1.1: reads %s as fen without a float', (text, amount) => {
    expect(parsePrice(text)).toEqual({ fen: amount });
  });

  it.each([
    ['1,299.00', '千位'],
    ['19,99', '逗号'],
    ['¥19.99', '货币'],
    ['19.99元', '货币'],
    ['CNY 19.99', '货币'],
    ['-5', '负'],
    ['1.005', '分以下'],
    ['1e3', '数字'],
    ['.', '数字'],
    ['abc', '数字'],
    ['1 299', '数字'],
    ['9999999999', '太大'],
    ['１９', '数字'],
  ])('R1.1: refuses %s with a reason instead of guessing', (text, reason) => {
    expect(parsePrice(text)).toEqual({ fault: expect.stringContaining(reason) });
  });

  it.each([
    ['12', 12],
    ['-3', -3],
    ['4.0', 4],
    ['+6', 6],
    ['1.5', null],
    ['many', null],
    ['1e9', null],
  ])('reads %s as a quantity of %p', (text, quantity) => {
    expect(parseQuantity(text)).toBe(quantity);
  });
});
