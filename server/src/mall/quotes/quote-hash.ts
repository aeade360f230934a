/** R7.4: one digest of everything that decides the price. Rates are not in it: they never make a quote stale (R4.3). */
import { createHash } from 'node:crypto';
import type { Fen } from '@mall/shared/money';

export interface HashedQuote {
  lines: readonly { skuId: string; quantity: number; unitPriceFen: Fen; discountFen: Fen; isGift: boolean }[];
  /** Null: express, or not known yet. */
  pickupStoreId: string | null;
  freightFen: Fen | null;
  couponIds: readonly string[];
  totalFen: Fen;
}

export function quoteHash(quote: HashedQuote): string {
  const text = JSON.stringify([
    quote.lines.map(({ skuId, quantity, unitPriceFen, discountFen, isGift }) => [
      skuId,
      quantity,
      unitPriceFen,
      discountFen,
      isGift,
    ]),
    quote.pickupStoreId,
    quote.freightFen,
    [...quote.couponIds].sort(),
    quote.totalFen,
  ]);
  return createHash('sha256').update(text).digest('base64url').slice(0, 32);
}
