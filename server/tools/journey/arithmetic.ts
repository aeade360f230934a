/**
 * The journey's own sums, in BigInt and written from rules.md, sharing no code with the server: what it checks the
 * server's numbers against.
 */

/** R1.2: spreads `total` over `weights` by largest remainder; ties go to the earlier line. */
export function spread(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  if (sum === 0n) return weights.map(() => 0n);
  const parts = weights.map((weight) => (total * weight) / sum);
  const order = weights
    .map((weight, index) => ({ index, rest: (total * weight) % sum }))
    .sort((a, b) => (b.rest > a.rest ? 1 : b.rest < a.rest ? -1 : a.index - b.index));
  const missing = Number(total - parts.reduce((all, part) => all + part, 0n));
  for (const { index } of order.slice(0, missing)) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
}

/** R1.3 */
export const commissionOf = (base: bigint, bps: number): bigint => (base * BigInt(bps)) / 10_000n;

/** One line as the journey itself remembers it. */
export interface RememberedLine {
  orderLineId: string;
  skuId: string;
  quantity: number;
  unitPriceFen: number;
  /** After the coupon's part. */
  baseFen: bigint;
  guideBps: number;
  storeBps: number;
  refundedFen: bigint;
}

export interface RememberedOrder {
  orderId: string;
  paidFen: bigint;
  freightFen: bigint;
  refundedFen: bigint;
  lines: RememberedLine[];
}

/** What guide (or store) should hold of these orders: the share of what is left of each line's base (R5.3). */
export function expectedCommission(orders: readonly RememberedOrder[], rate: 'guideBps' | 'storeBps'): bigint {
  return orders
    .flatMap(({ lines }) => lines)
    .reduce((sum, line) => sum + commissionOf(line.baseFen - line.refundedFen, line[rate]), 0n);
}
