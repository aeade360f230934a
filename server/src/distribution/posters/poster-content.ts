/** What stands on one poster. Prices in integer fen. */
export interface PosterContent {
  /** Null: it invites to the whole shop. */
  product: { title: string; brandName: string; priceFen: number; priceIsFrom: boolean } | null;
  guideName: string;
  storeName: string;
  /** Chooses the ground of a poster without a picture; the same for the same product. */
  seed: string;
}
