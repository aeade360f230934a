/** One product of the demo shop, as a table row. Amounts are fen. */
export interface DemoProduct {
  handle: string;
  title: string;
  subtitle: string;
  category: readonly [string, string];
  priceFen: number;
  costFen: number;
  /** Crossed-out price. */
  compareAtFen?: number;
  /** Name and values of each option; absent: one SKU. */
  options?: readonly (readonly [name: string, values: readonly string[]])[];
  /** What each value of the last option adds to the price; absent: nothing. */
  stepsFen?: readonly number[];
  /** Pieces of each SKU. */
  stock: number;
  story: string;
  facts: readonly string[];
  tags: readonly string[];
  /** Code points of the pictures' objects; the first is the product. */
  art: readonly string[];
  /** Degrees by which the product's colours are turned, so that the picture shows what the title says. */
  hue?: number;
}
