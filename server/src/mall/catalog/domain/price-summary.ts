export interface PricedSku {
  priceFen: number;
  compareAtFen: number | null;
  sellable: boolean;
}

export interface PriceSummary {
  /** 0 without a sellable SKU. */
  minPriceFen: number;
  priceVaries: boolean;
  compareAtFen: number | null;
}

/** A crossed-out price is shown only when it is above the price. */
export function shownCompareAt(priceFen: number, compareAtFen: number | null): number | null {
  return compareAtFen !== null && compareAtFen > priceFen ? compareAtFen : null;
}

/** What a list shows of a product's prices: over its sellable SKUs. */
export function summarisePrices(skus: readonly PricedSku[]): PriceSummary {
  const sellable = skus.filter((sku) => sku.sellable);
  const cheapest = sellable.reduce<PricedSku | null>(
    (best, sku) => (best === null || sku.priceFen < best.priceFen ? sku : best),
    null,
  );
  if (cheapest === null) return { minPriceFen: 0, priceVaries: false, compareAtFen: null };
  return {
    minPriceFen: cheapest.priceFen,
    priceVaries: sellable.some((sku) => sku.priceFen !== cheapest.priceFen),
    compareAtFen: shownCompareAt(cheapest.priceFen, cheapest.compareAtFen),
  };
}
