/** R6.6, C15: what a refund keeps back for a gift that the customer keeps without the goods that earned it. */
import { type Fen, fen, ZERO_FEN } from '@mall/shared/money';

export interface GiftStanding {
  /** Goods and freight that this refund takes back, as they were paid for. */
  takenFen: Fen;
  /** Whether the goods that she keeps still reach the gift's threshold. */
  earned: boolean;
  /** Value, when ordered, of the gift's pieces that she keeps after this refund. */
  keptValueFen: Fen;
  /** What earlier refunds of the order have kept back and not paid out since. */
  withheldFen: Fen;
  /** Money that HQ gives away is no return: nothing is kept back from it. */
  goodwill: boolean;
}

/**
 * What to keep back now; negative: to pay out, because the gift came or is earned. Over all refunds it is never more
 * than the gift's value, and never more than each refund takes: one refund or many end at the same fen.
 */
export function withholdForGift({ takenFen, earned, keptValueFen, withheldFen, goodwill }: GiftStanding): Fen {
  const dueFen = earned ? ZERO_FEN : keptValueFen;
  const most = goodwill ? ZERO_FEN : takenFen;
  return fen(Math.min(dueFen - withheldFen, most));
}

/** The value of `pieces` of a gift's pieces. It was made as a price times the quantity, so nothing is left over. */
export function valueOfPieces(valueFen: Fen, quantity: number, pieces: number): Fen {
  return fen(Number((BigInt(valueFen) * BigInt(pieces)) / BigInt(quantity)));
}
