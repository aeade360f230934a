import { Injectable } from '@nestjs/common';
import type { SharedProduct, SharedProducts } from '../../distribution/shared-goods/shared-goods.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { Catalog } from '../catalog/catalog.public.js';

/** Brings goods down to share links, posters and codes, which stand below the mall. */
@Injectable()
export class CatalogSharedProducts implements SharedProducts {
  constructor(private readonly catalog: Catalog) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<SharedProduct[]> {
    const cards = await this.catalog.productCards(reader, ids);
    const heroes = await this.catalog.heroImages(reader, ids);
    return cards.map(({ card }) => {
      const { id, title, imageUrl, brandName, priceFen, priceIsFrom } = card;
      return { id, title, imageUrl, heroUrl: heroes.get(id) ?? imageUrl, brandName, priceFen, priceIsFrom };
    });
  }

  brandName(reader: Reader, brandId: string): Promise<string | null> {
    return this.catalog.brandName(reader, brandId);
  }
}
