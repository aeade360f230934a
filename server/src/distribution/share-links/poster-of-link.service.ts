import { SharePlacement } from '@mall/shared/guides';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { notFound } from '../../platform/http/problem.js';
import { CodeImages } from '../code-images/code-images.public.js';
import { Guides } from '../guides/guides.public.js';
import { type Poster, Posters } from '../posters/posters.public.js';
import { SHARED_PRODUCTS, type SharedProduct, type SharedProducts } from '../shared-goods/shared-goods.public.js';
import { ShareLinks, targetPage } from './share-links.js';

/** The poster of a share link: its product as it is now, its guide, and its code. */
@Injectable()
export class PosterOfLink {
  constructor(
    private readonly links: ShareLinks,
    private readonly guides: Guides,
    private readonly images: CodeImages,
    private readonly posters: Posters,
    private readonly database: Database,
    @Optional() @Inject(SHARED_PRODUCTS) private readonly products: SharedProducts | null = null,
  ) {}

  /**
   * Throws 404 for an unknown or revoked link, one that was not made for a poster, and a product that is not for sale
   * now; 503 with `retryAfterSeconds` while WeChat makes no code, since a poster without one leads nowhere.
   */
  async execute(code: string): Promise<Poster> {
    const link = await this.links.byCode(this.database, code);
    if (link === null || link.revokedAt !== null || link.placement !== SharePlacement.Poster) throw notFound();
    const guide = await this.guides.find(this.database, link.guideId);
    if (guide === null || guide.status === 'left') throw notFound();
    const product = link.productId === null ? null : await this.productOf(link.productId);
    const image = await this.images.read({ scene: link.code, page: targetPage(link.productId) });
    const { name: guideName, storeName } = guide;
    const content = { product: product && onPoster(product), guideName, storeName, seed: link.productId ?? guide.id };
    return this.posters.obtain(content, product?.heroUrl ?? null, image);
  }

  private async productOf(id: string): Promise<SharedProduct> {
    const [product] = (await this.products?.byIds(this.database, [id])) ?? [];
    if (product === undefined) throw notFound();
    return product;
  }
}

function onPoster({ title, brandName, priceFen, priceIsFrom }: SharedProduct) {
  return { title, brandName, priceFen, priceIsFrom };
}
