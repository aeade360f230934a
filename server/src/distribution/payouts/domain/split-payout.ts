/** R5.5, C24: a payout goes out in transfers, each within the merchant's limits. */
import { type Fen, fen } from '@mall/shared/money';
import { allocateFen } from '../../../platform/money/allocate.js';

export interface TransferLimits {
  transferMinFen: number;
  transferMaxFen: number;
}

/** `below_minimum`: less than one transfer may carry; `unsplittable`: no set of legal transfers has this sum. */
export type SplitRefusal = 'below_minimum' | 'unsplittable';
export type Split = { parts: Fen[] } | { refusal: SplitRefusal };

/**
 * Splits `amount` into as few transfers as can be, largest first, none under the minimum or over the maximum; the
 * parts sum to it exactly. ¥200.20 under [¥0.30, ¥200] is ¥199.90 + ¥0.30.
 */
export function splitPayout(amount: Fen, { transferMinFen, transferMaxFen }: TransferLimits): Split {
  if (amount <= 0 || amount < transferMinFen) return { refusal: 'below_minimum' };
  const count = Math.ceil(amount / transferMaxFen);
  if (count * transferMinFen > amount) return { refusal: 'unsplittable' };
  const parts: Fen[] = [];
  let left: number = amount;
  for (let after = count - 1; after >= 0; after -= 1) {
    // What comes after needs its minimum each.
    const part = Math.min(transferMaxFen, left - after * transferMinFen);
    parts.push(fen(part));
    left -= part;
  }
  return { parts };
}

/** The largest amount up to `amount` that can be split; 0 when none can. */
export function largestPayable(amount: Fen, limits: TransferLimits): Fen {
  if (!('refusal' in splitPayout(amount, limits))) return amount;
  // One transfer fewer, all of them full, is the next amount below that is legal.
  const full = (Math.ceil(amount / limits.transferMaxFen) - 1) * limits.transferMaxFen;
  return full > 0 && !('refusal' in splitPayout(fen(full), limits)) ? fen(full) : fen(0);
}

/** What each transfer carries of the gross: its net and its share of the tax. Sums to both exactly. */
export function grossOfParts(parts: readonly Fen[], taxFen: Fen): Fen[] {
  const taxes = allocateFen(taxFen, parts);
  return parts.map((part, index) => fen(part + (taxes[index] ?? 0)));
}
