import type { Reader } from '../../platform/database/tx.js';

/** What a share card or poster shows of a product. */
export interface SharedProduct {
  id: string;
  title: string;
  /** Square or nearly so: lists and cards. */
  imageUrl: string | null;
  /** The first picture of its own page, 4:5 when the shop has it so. */
  heroUrl: string | null;
  brandName: string;
  /** Integer fen, of its cheapest sellable SKU. */
  priceFen: number;
  /** SKUs differ in price: `¥129 起`. */
  priceIsFrom: boolean;
}

/**
 * The mall stands above this wing, so it brings its goods here: for share links, posters and the targets of codes.
 * Unknown and unpublished products are left out.
 */
export interface SharedProducts {
  byIds(reader: Reader, ids: readonly string[]): Promise<SharedProduct[]>;
  /** Null: no such brand. */
  brandName(reader: Reader, brandId: string): Promise<string | null>;
}

export const SHARED_PRODUCTS = Symbol('SHARED_PRODUCTS');
