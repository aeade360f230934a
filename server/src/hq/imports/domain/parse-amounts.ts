import { type Fen, fen } from '@mall/shared/money';

/** Nine digits of yuan keep fen far below 2^53. */
const MAX_YUAN_DIGITS = 9;

/**
 * R1.1: yuan as text to fen by moving digits; no float is made, so `19.99` is 1,999 and never 1,998.
 * Returns the fault, in Chinese, for everything that would need guessing or rounding.
 */
export function parsePrice(text: string): { fen: Fen } | { fault: string } {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null || !/\d/.test(text)) {
    if (/^-/.test(text)) return { fault: '价格不能为负' };
    if (/\d,\d/.test(text)) return { fault: '价格不能带千位分隔符或逗号' };
    if (/[¥￥$€£元]|^(CNY|RMB|USD|EUR|HKD)\b/i.test(text)) return { fault: '价格不能带货币符号' };
    return { fault: '价格不是数字' };
  }
  const yuan = (match[1] ?? '').replace(/^0+(?=\d)/, '');
  const decimals = (match[2] ?? '').replace(/0+$/, '');
  if (decimals.length > 2) return { fault: '价格精确到分以下，不能四舍五入' };
  if (yuan.length > MAX_YUAN_DIGITS) return { fault: '价格太大' };
  return { fen: fen(Number(`${yuan}${decimals.padEnd(2, '0')}`)) };
}

/** Most pieces of one SKU that the file may announce. */
export const MAX_QUANTITY = 9_999_999;

/** A whole number of pieces, `12` or `12.0`; null when the text is none. */
export function parseQuantity(text: string): number | null {
  const match = /^([+-]?\d{1,15})(?:\.0*)?$/.exec(text);
  return match === null ? null : Number(match[1]);
}
