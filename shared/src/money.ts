/**
 * Money as both ends speak it. Source: R1.1 (integers only), R1.3 (commission rounds down).
 * Amounts are integer fen (1/100 yuan), rates integer basis points (1/10,000).
 */

/** An integer number of fen. May be negative (a reversal, a debt). Build one with {@link fen}. */
export type Fen = number & { readonly __unit: 'fen' };

/** An integer number of basis points, 0 to 10,000. Build one with {@link bps}. */
export type Bps = number & { readonly __unit: 'bps' };

/** Marks an integer as fen. Throws RangeError on anything that is not a safe integer: a float here is a bug. */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not an integer number of fen: ${value}`);
  // -0 would compare unequal to 0 in a deep comparison.
  return (value === 0 ? 0 : value) as Fen;
}

/** Marks an integer from 0 to 10,000 as basis points. Throws RangeError otherwise. */
export function bps(value: number): Bps {
  if (!Number.isInteger(value) || value < 0 || value > 10_000) throw new RangeError(`not basis points: ${value}`);
  return value as Bps;
}

export const ZERO_FEN: Fen = fen(0);

/** Sum of any number of amounts. */
export function addFen(...amounts: readonly Fen[]): Fen {
  return fen(amounts.reduce<number>((sum, amount) => sum + amount, 0));
}

/** `from` less `amount`. */
export function subtractFen(from: Fen, amount: Fen): Fen {
  return fen(from - amount);
}

/** A unit price times a whole quantity. */
export function timesFen(unit: Fen, quantity: number): Fen {
  return fen(unit * quantity);
}

/** The amount with its sign turned. */
export function negateFen(amount: Fen): Fen {
  return fen(-amount);
}

/** `1234` → `"12.34"`, `-5` → `"-0.05"`: yuan with two decimals, made from the digits, not by division. */
export function formatYuan(amount: Fen): string {
  const digits = Math.abs(amount).toString().padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
