import { type Fen, fen } from '@mall/shared/money';

/**
 * R1.2: spreads `total` over `weights` by largest remainder. The parts sum to `total` exactly; ties break by
 * position; all-zero weights allocate equally. BigInt holds the products, which can pass 2^53.
 *
 * @param total non-negative amount
 * @param weights non-negative amounts, at least one
 */
export function allocateFen(total: Fen, weights: readonly Fen[]): Fen[] {
  if (weights.length === 0) throw new RangeError('nothing to allocate over');
  if (total < 0 || weights.some((weight) => weight < 0)) throw new RangeError('allocation takes no negative amount');
  const sum = weights.reduce((all, weight) => all + BigInt(weight), 0n);
  const shares = sum === 0n ? weights.map(() => 1n) : weights.map((weight) => BigInt(weight));
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  const exact = shares.map((share) => BigInt(total) * share);
  const parts = exact.map((value) => value / whole);
  let left = Number(BigInt(total) - parts.reduce((all, part) => all + part, 0n));
  const byRemainder = exact
    .map((value, index) => ({ index, remainder: value % whole }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1;
  }
  return parts.map((part) => fen(Number(part)));
}

/**
 * R1.2: spreads a discount, whose part never exceeds its line. A discount above the lines' sum stops at the sum.
 * Because weights are the lines' own amounts, a largest-remainder part can pass its line only when the whole
 * discount does.
 */
export function allocateDiscount(discount: Fen, lines: readonly Fen[]): Fen[] {
  const sum = lines.reduce<number>((all, line) => all + line, 0);
  return allocateFen(fen(Math.min(discount, sum)), lines).map((part, index) => {
    const line = lines[index];
    // All-zero lines allocate equally, but the sum is then 0 and so is every part.
    if (line === undefined || part > line) throw new Error('a discount part passed its line');
    return part;
  });
}
