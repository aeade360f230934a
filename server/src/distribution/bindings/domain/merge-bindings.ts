/** R2.1: which of two bindings stays when two entries of one person are merged. Pure. */

export interface MergingBinding {
  id: string;
  /** Start of the relation, business-clock epoch ms. */
  relationSince: number;
  isProtected: boolean;
}

/** The protected one wins, then the older; equal ages break by id (R1.4). The other closes with cause `merged`. */
export function chooseMerged<B extends MergingBinding>(one: B, other: B): { stays: B; closes: B } {
  const oneFirst =
    one.isProtected !== other.isProtected
      ? one.isProtected
      : one.relationSince !== other.relationSince
        ? one.relationSince < other.relationSince
        : one.id < other.id;
  return oneFirst ? { stays: one, closes: other } : { stays: other, closes: one };
}
