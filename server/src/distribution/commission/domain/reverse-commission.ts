/**
 * R5.3: what a refund takes back. The target is computed afresh from what is left of the base, so that any number of
 * partial refunds and one full refund end at exactly the same fen.
 */
import { type Bps, type Fen, fen, subtractFen } from '@mall/shared/money';
import { shareOf } from '../../../platform/money/rate.js';

export interface EarnedLine {
  baseFen: Fen;
  rateBps: Bps;
  /** Posted at accrual. */
  postedFen: Fen;
  /** Taken back so far. */
  reversedFen: Fen;
  /** Chargeable refunds so far, the one at hand included; never above the base. */
  refundedBaseFen: Fen;
}

/** How much to take back now; zero when earlier reversals cover it already. */
export function reversalOf(line: EarnedLine): Fen {
  const target = shareOf(subtractFen(line.baseFen, line.refundedBaseFen), line.rateBps);
  const standing = subtractFen(line.postedFen, line.reversedFen);
  return fen(Math.max(0, standing - target));
}

/** R5.3, R5.4: goodwill and refunds after finality are HQ's to bear. `finalAt` is null until the goods arrived. */
export function isChargeable(refund: { goodwill: boolean; at: number }, finalAt: number | null): boolean {
  return !refund.goodwill && (finalAt === null || refund.at < finalAt);
}
