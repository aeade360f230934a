/** R2.1: which of two bindings stays when two entries of one person are merged. Pure. */

export interface MergingBinding {
  id: string;
  /** Start of the relation, business-clock epoch ms. */
  relationSince: number;
  isProtected: boolean;
  /** Somebody's, and not over. */
  isValid: boolean;
  /** When she herself chose what holds, lately enough to bind her (R2.5), nobody included; null: she did not. */
  chosenAt: number | null;
}

/**
 * The protected one wins, then what she chose herself lately, of two the later choice; then a valid one over one that
 * is over; then the older. Equal ages break by id (R1.4). The other closes with cause `merged`.
 */
export function chooseMerged<B extends MergingBinding>(one: B, other: B): { stays: B; closes: B } {
  const order =
    first(one.isProtected, other.isProtected) ||
    (one.isProtected ? 0 : (other.chosenAt ?? -1) - (one.chosenAt ?? -1)) ||
    first(one.isValid, other.isValid) ||
    one.relationSince - other.relationSince ||
    (one.id < other.id ? -1 : 1);
  return order < 0 ? { stays: one, closes: other } : { stays: other, closes: one };
}

function first(one: boolean, other: boolean): number {
  return Number(other) - Number(one);
}
