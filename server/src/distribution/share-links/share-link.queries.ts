import { type ShareLink, SharePlacement } from '@mall/shared/guides';
import type { Page } from '@mall/shared/paging';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Environment } from '../../platform/config/environment.js';
import { ENVIRONMENT } from '../../platform/config/environment.token.js';
import { Database } from '../../platform/database/database.js';
import { NEWEST, pageOf } from '../../platform/http/page.js';
import { SHARED_PRODUCTS, type SharedProduct, type SharedProducts } from '../shared-goods/shared-goods.public.js';
import type { ShareLinkEntity } from './share-link.entity.js';
import { pathOf, ShareLinks } from './share-links.js';

const HOME_TITLE = '好物推荐';

/** Share links as the guide sees them. */
@Injectable()
export class ShareLinkQueries {
  constructor(
    private readonly database: Database,
    private readonly links: ShareLinks,
    @Inject(ENVIRONMENT) private readonly environment: Pick<Environment, 'publicUrl'>,
    @Optional() @Inject(SHARED_PRODUCTS) private readonly products: SharedProducts | null = null,
  ) {}

  /** Newest first. */
  async page(guideId: string, cursor: string | undefined, limit: number): Promise<Page<ShareLink>> {
    const rows = await this.links.page(this.database, guideId, cursor ?? NEWEST, limit + 1);
    const shown = await this.describe(rows.slice(0, limit));
    return { ...pageOf(rows, limit, ({ id }) => id), items: shown };
  }

  async one(row: ShareLinkEntity): Promise<ShareLink> {
    const [link] = await this.describe([row]);
    if (link === undefined) throw new Error('one row describes one link');
    return link;
  }

  /** Whether the product can be shared. True when no mall is wired: the link then opens what is not there. */
  async isShareable(productId: string): Promise<boolean> {
    return this.products === null || (await this.products.byIds(this.database, [productId])).length === 1;
  }

  private async describe(rows: readonly ShareLinkEntity[]): Promise<ShareLink[]> {
    const opens = await this.links.opens(
      this.database,
      rows.map(({ id }) => id),
    );
    const productIds = [...new Set(rows.flatMap(({ productId }) => (productId === null ? [] : [productId])))];
    const found = productIds.length === 0 ? [] : await this.products?.byIds(this.database, productIds);
    const products = new Map((found ?? []).map((product) => [product.id, product]));
    return rows.map((row) => this.toLink(row, opens.get(row.id) ?? 0, products.get(row.productId ?? '')));
  }

  private toLink(row: ShareLinkEntity, opens: number, product: SharedProduct | undefined): ShareLink {
    const { code, productId, createdAt, revokedAt } = row;
    const isPoster = row.placement === SharePlacement.Poster;
    return {
      code,
      productId,
      placement: row.placement as SharePlacement,
      path: pathOf(row),
      title: product?.title ?? HOME_TITLE,
      imageUrl: product?.imageUrl ?? null,
      codeImageUrl: `${this.environment.publicUrl}/api/codes/${code}.png`,
      posterUrl: isPoster ? `${this.environment.publicUrl}/api/posters/${code}.jpg` : null,
      createdAt,
      revokedAt,
      opens,
    };
  }
}
