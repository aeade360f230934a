import { type Fen, formatYuan } from '@mall/shared/money';

export interface PriceParts {
  sign: '' | '-';
  /** Digits before the point, e.g. `1299`. */
  yuan: string;
  /** Two digits. */
  fen: string;
}

/** A price cut into the parts that are set in different sizes; made from the digits, no division. */
export function splitPrice(amount: Fen): PriceParts {
  const text = formatYuan(amount);
  const [whole = '0', fen = '00'] = text.replace('-', '').split('.');
  return { sign: text.startsWith('-') ? '-' : '', yuan: whole, fen };
}

/** `¥129.00`, for sentences. */
export function yuanText(amount: Fen): string {
  const { sign, yuan, fen } = splitPrice(amount);
  return `${sign}¥${yuan}.${fen}`;
}

/** `¥129` when there are no fen, else `¥129.50`: for tight places. */
export function shortYuanText(amount: Fen): string {
  const { sign, yuan, fen } = splitPrice(amount);
  return fen === '00' ? `${sign}¥${yuan}` : `${sign}¥${yuan}.${fen}`;
}
