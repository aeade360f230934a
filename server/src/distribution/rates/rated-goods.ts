import type { Fen } from '@mall/shared/money';
import type { Reader } from '../../platform/database/tx.js';
import type { SoldThing } from './domain/rate-scope.js';

/** A SKU of today's catalogue, with what a rate and a margin look at. */
export interface RatedSku {
  thing: SoldThing;
  title: string;
  priceFen: Fen;
  /** Null: unknown. */
  costFen: Fen | null;
}

export interface ProductScope {
  kind: string;
  /** Empty for `any`. */
  id: string;
}

/** The mall stands above this wing, so it brings the goods here. */
export interface RatedGoods {
  /** What a scope names, and what is known of its goods (`''` and `[]` elsewhere); null when there is no such thing. */
  describe(reader: Reader, scope: ProductScope): Promise<{ name: string; thing: SoldThing } | null>;

  /** SKUs that the scope covers and that are for sale, by id, from the one after `after` on. */
  skusIn(reader: Reader, scope: ProductScope, page: { after: string; limit: number }): Promise<RatedSku[]>;
}

export const RATED_GOODS = Symbol('RATED_GOODS');
