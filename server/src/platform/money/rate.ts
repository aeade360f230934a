import { type Bps, type Fen, fen } from '@mall/shared/money';

/** R1.3: floor(base × bps / 10,000). What rounding leaves stays with HQ. Base must not be negative. */
export function shareOf(base: Fen, rate: Bps): Fen {
  if (base < 0) throw new RangeError('a rate applies to no negative base');
  return fen(Number((BigInt(base) * BigInt(rate)) / 10_000n));
}
