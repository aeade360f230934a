import type { Reader } from '../../platform/database/tx.js';

/** The mall stands above this wing, so it answers here whether a gift exists (R6.1). */
export interface GiftCatalogue {
  hasSku(reader: Reader, skuId: string): Promise<boolean>;
}

export const GIFT_CATALOGUE = Symbol('GIFT_CATALOGUE');
