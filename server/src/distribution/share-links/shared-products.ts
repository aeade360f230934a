import type { Reader } from '../../platform/database/tx.js';

/** What a share card shows of a product. */
export interface SharedProduct {
  id: string;
  title: string;
  imageUrl: string | null;
}

/** The mall stands above this wing, so it brings the products here. Unknown and unpublished ones are left out. */
export interface SharedProducts {
  byIds(reader: Reader, ids: readonly string[]): Promise<SharedProduct[]>;
}

export const SHARED_PRODUCTS = Symbol('SHARED_PRODUCTS');
