import { Injectable } from '@nestjs/common';
import type { ProductScope, RatedGoods, RatedSku, SoldThing } from '../../distribution/rates/rates.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { CatalogScopes } from '../catalog/catalog.public.js';

/** Brings goods down to the rates, which stand below the mall: whether they exist, and what they cost. */
@Injectable()
export class CatalogRatedGoods implements RatedGoods {
  constructor(private readonly scopes: CatalogScopes) {}

  async describe(reader: Reader, scope: ProductScope): Promise<{ name: string; thing: SoldThing } | null> {
    const found = await this.scopes.describe(reader, scope);
    return found && { name: found.name, thing: found.place };
  }

  async skusIn(reader: Reader, scope: ProductScope, page: { after: string; limit: number }): Promise<RatedSku[]> {
    const skus = await this.scopes.skusIn(reader, scope, page);
    return skus.map(({ title, priceFen, costFen, ...thing }) => ({ thing, title, priceFen, costFen }));
  }
}
