/** R1.3 and R4.6, worked out a second time: reconciliation does not trust the code that it checks. */

/** floor(amount × bps / 10,000) in whole numbers of any size. */
export function floorShare(amountFen: number, rateBps: number): number {
  return Number((BigInt(amountFen) * BigInt(rateBps)) / 10_000n);
}

export function sumOf<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((sum, row) => sum + amount(row), 0);
}

/** What of a commission may stand on what is left of its base, and how much of that vests later. */
export function standingTarget(entry: { baseFen: number; refundedBaseFen: number; rateBps: number; tailBps: number }): {
  totalFen: number;
  headFen: number;
  tailFen: number;
} {
  const totalFen = floorShare(entry.baseFen - entry.refundedBaseFen, entry.rateBps);
  const tailFen = floorShare(totalFen, entry.tailBps);
  return { totalFen, headFen: totalFen - tailFen, tailFen };
}
