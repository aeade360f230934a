/** A product as the file describes it. The description is still raw HTML. */
export interface ParsedProduct {
  handle: string;
  /** Line of its first row. */
  line: number;
  title: string;
  bodyHtml: string;
  brandName: string;
  categoryNames: string[];
  tags: string[];
  publish: boolean;
  optionNames: string[];
  imageUrls: string[];
  skus: ParsedSku[];
  /** No row of it was refused, so SKUs that are not listed are really gone. */
  complete: boolean;
}

export interface ParsedSku {
  line: number;
  optionValues: string[];
  code: string;
  priceFen: number;
  compareAtFen: number | null;
  /** Undefined: the file has no such column. */
  costFen: number | null | undefined;
  imageUrl: string | null;
  /** Undefined: the file has no such column. */
  quantity: number | undefined;
}
