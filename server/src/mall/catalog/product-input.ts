/** A product as a catalogue file, or the demo shop, describes it. Texts fit their columns already. */
export interface ProductInput {
  /** The product's identity. */
  handle: string;
  title: string;
  subtitle: string | null;
  /** Sanitised. */
  descriptionHtml: string;
  brandName: string;
  /** From the root; empty: no category. */
  categoryNames: readonly string[];
  tags: readonly string[];
  publish: boolean;
  /** At most three. */
  optionNames: readonly string[];
  imageUrls: readonly string[];
  /** Square picture for lists; absent: the first of `imageUrls`, else a SKU's. */
  coverUrl?: string;
  /** At least one; no two with the same option values. */
  skus: readonly SkuInput[];
  /** True: SKUs that are not listed go off sale. False when the file's list of them is known to be broken. */
  complete: boolean;
}

export interface SkuInput {
  /** One a option name. With the handle, the SKU's identity. */
  optionValues: readonly string[];
  code: string;
  /** 0: kept, but not for sale. */
  priceFen: number;
  compareAtFen: number | null;
  /** Undefined: the file does not speak of costs, and a known one stays. */
  costFen: number | null | undefined;
  imageUrl: string | null;
  /** Undefined: the file does not speak of stock. */
  quantity: number | undefined;
}

export type Change = 'created' | 'updated' | 'unchanged';

export interface UpsertOutcome {
  productId: string;
  product: Change;
  skus: Record<Change, number>;
  /** Whether customers see it now. */
  published: boolean;
  /** Option texts of SKUs that went off sale because they are not listed any more. */
  withdrawn: string[];
  /** SKUs of which more had left the shelf than the new count leaves: `missing` pieces could not be taken. */
  oversold: { optionText: string; missing: number }[];
}
