/** R4.4: one line's commission, split between guide, store and HQ. */
import { type Bps, bps, type Fen, fen, ZERO_FEN } from '@mall/shared/money';
import { shareOf } from '../../../platform/money/rate.js';

export interface SplitRate {
  guideBps: number;
  storeBps: number;
  /** Null: guide and store alone. */
  poolBps: number | null;
}

export interface CommissionSplit {
  guideFen: Fen;
  storeFen: Fen;
  /** What is left of the pool, rounding included; 0 without a pool. */
  hqFen: Fen;
  /** All that the line sets apart: the parts sum to it exactly. */
  poolFen: Fen;
}

/** @param baseFen goods paid after discounts (R4.1), not negative */
export function splitCommission(baseFen: Fen, rate: SplitRate): CommissionSplit {
  const guideFen = shareOf(baseFen, bps(rate.guideBps));
  const storeFen = shareOf(baseFen, bps(rate.storeBps));
  const paid = fen(guideFen + storeFen);
  if (rate.poolBps === null) return { guideFen, storeFen, hqFen: ZERO_FEN, poolFen: paid };
  const poolFen = shareOf(baseFen, rate.poolBps as Bps);
  return { guideFen, storeFen, hqFen: fen(poolFen - paid), poolFen };
}
