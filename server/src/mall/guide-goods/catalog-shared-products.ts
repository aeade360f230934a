import { Injectable } from '@nestjs/common';
import type { SharedProduct, SharedProducts } from '../../distribution/share-links/share-links.public.js';
import type { Reader } from '../../platform/database/tx.js';
import { Catalog } from '../catalog/catalog.public.js';

/** Brings titles and pictures of products down to the share links, which stand below the mall. */
@Injectable()
export class CatalogSharedProducts implements SharedProducts {
  constructor(private readonly catalog: Catalog) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<SharedProduct[]> {
    const cards = await this.catalog.productCards(reader, ids);
    return cards.map(({ card }) => ({ id: card.id, title: card.title, imageUrl: card.imageUrl }));
  }
}
