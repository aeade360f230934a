/** R4.3: what is left of a sale after cost and commission. */
import { type Fen, fen } from '@mall/shared/money';
import { type SplitRate, splitCommission } from './split-commission.js';

export interface PricedSale {
  baseFen: Fen;
  /** Of one piece; null: unknown. */
  costFen: Fen | null;
  quantity: number;
}

export type MarginVerdict =
  | { verdict: 'passed' | 'unknown' }
  | { verdict: 'breach'; costFen: Fen; commissionFen: Fen; marginFen: Fen; marginBps: number };

/**
 * Whether the sale keeps `floorBps` of its base. A sale that pays no commission passes whatever its cost: no rate
 * brought it down, and none could be refused for it. Unknown cost is unknown, never passed.
 */
export function checkMargin(sale: PricedSale, rate: SplitRate, floorBps: number): MarginVerdict {
  const { baseFen, costFen, quantity } = sale;
  const commissionFen = splitCommission(baseFen, rate).poolFen;
  if (commissionFen === 0) return { verdict: 'passed' };
  if (costFen === null) return { verdict: 'unknown' };
  const cost = fen(costFen * quantity);
  const marginFen = fen(baseFen - cost - commissionFen);
  if (BigInt(marginFen) * 10_000n >= BigInt(floorBps) * BigInt(baseFen)) return { verdict: 'passed' };
  return { verdict: 'breach', costFen: cost, commissionFen, marginFen, marginBps: floorRatio(marginFen, baseFen) };
}

/** floor(part × 10,000 / whole), for a part that may be negative. */
function floorRatio(part: Fen, whole: Fen): number {
  const scaled = BigInt(part) * 10_000n;
  const quotient = scaled / BigInt(whole);
  return Number(scaled < 0n && scaled % BigInt(whole) !== 0n ? quotient - 1n : quotient);
}
