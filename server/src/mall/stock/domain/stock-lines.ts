/** Pieces of one SKU that move together. */
export interface StockLine {
  skuId: string;
  /** At least 1. */
  quantity: number;
}

/**
 * One line a SKU, in SKU order: two buyers of the same SKUs lock them in the same order and never deadlock.
 * Throws RangeError on a quantity that is not a positive whole number.
 */
export function inLockOrder(lines: readonly StockLine[]): StockLine[] {
  const bySku = new Map<string, number>();
  for (const { skuId, quantity } of lines) {
    if (!Number.isSafeInteger(quantity) || quantity < 1) throw new RangeError(`not a quantity: ${quantity}`);
    bySku.set(skuId, (bySku.get(skuId) ?? 0) + quantity);
  }
  return [...bySku]
    .map(([skuId, quantity]) => ({ skuId, quantity }))
    .sort((a, b) => (a.skuId < b.skuId ? -1 : a.skuId > b.skuId ? 1 : 0));
}
