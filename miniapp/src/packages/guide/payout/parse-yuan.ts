import { type Fen, fen } from '@mall/shared/money';

export type TypedAmount = { kind: 'amount'; fen: Fen } | { kind: 'empty' } | { kind: 'garbage' };

/** Yuan as people type them: up to eight digits, and up to two after the point. */
const YUAN = /^(\d{1,8})(?:\.(\d{1,2}))?$/;

const amountOf = (digits: string) => [...digits].reduce((sum, digit) => sum * 10 + Number(digit), 0);

/** `12`, `12.3`, `12.30` → 1,230 fen, digit by digit: 1.1 yuan never becomes a binary fraction (R1.1). */
export function parseYuan(text: string): TypedAmount {
  const typed = text.trim();
  if (typed === '') return { kind: 'empty' };
  const found = YUAN.exec(typed);
  if (found === null) return { kind: 'garbage' };
  const [, yuan = '', rest = ''] = found;
  return { kind: 'amount', fen: fen(amountOf(yuan + rest.padEnd(2, '0'))) };
}
