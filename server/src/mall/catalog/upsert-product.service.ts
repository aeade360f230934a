import { Injectable } from '@nestjs/common';
import { BusinessClock } from '../../platform/clock/business-clock.js';
import { isDuplicateKey, RetryTransaction } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { newId } from '../../platform/ids/ids.js';
import { Stock } from '../stock/stock.public.js';
import { findOrMakeBrand, findOrMakeCategories } from './classify-product.js';
import { facetTerm, searchTextOf, termsOf } from './domain/search-terms.js';
import { ProductEntity } from './product.entity.js';
import { ProductImageEntity } from './product-image.entity.js';
import type { ProductInput, UpsertOutcome } from './product-input.js';
import { ProductSearchTermEntity } from './product-search-term.entity.js';
import { refreshProduct } from './refresh-product.js';
import { writeSkus } from './write-skus.js';

function coverOf({ coverUrl, imageUrls, skus }: ProductInput): string | null {
  return coverUrl ?? imageUrls[0] ?? skus.find(({ imageUrl }) => imageUrl !== null)?.imageUrl ?? null;
}

interface Author {
  actorId: string;
  /** Why stock changes, for its record. */
  reason: string;
}

/** The columns that a description of the product decides. */
type Described = Pick<
  ProductEntity,
  | 'title'
  | 'subtitle'
  | 'brandId'
  | 'categoryId'
  | 'imageUrl'
  | 'searchText'
  | 'optionNamesJson'
  | 'tagsJson'
  | 'descriptionHtml'
>;

/**
 * Makes a product, or brings the one with the same handle up to date, in one transaction. The same description twice
 * changes nothing, so whoever was interrupted can start again.
 */
@Injectable()
export class UpsertProduct {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: BusinessClock,
    private readonly stock: Stock,
  ) {}

  /** @param author whom stock records and why */
  async execute(input: ProductInput, author: Author): Promise<UpsertOutcome> {
    return this.unitOfWork.run(async (tx) => {
      const now = this.clock.now();
      const { described, terms } = await this.describe(tx, input);
      const { product, created } = await this.findOrMake(tx, input, described, now);
      const textsChanged = !created && (await this.redescribe(tx, product, described));
      await this.writeTerms(tx, product.id, created ? '' : product.searchText, terms);
      const imagesChanged = await this.writeImages(tx, product.id, input.imageUrls);
      const wishChanged = !created && (await this.wishPublication(tx, product, input.publish));
      const outcome = await writeSkus(tx, { stock: this.stock, productId: product.id, ...author }, input);
      const skusChanged = outcome.skus.created + outcome.skus.updated + outcome.withdrawn.length > 0;
      const updated = textsChanged || imagesChanged || wishChanged || skusChanged;
      if (!updated)
        return { productId: product.id, product: 'unchanged', published: product.published === 1, ...outcome };
      await tx.execute('UPDATE products SET updatedAt = ? WHERE id = ?', [now, product.id]);
      const published = await refreshProduct(tx, product.id, now);
      return { productId: product.id, product: created ? 'created' : 'updated', published, ...outcome };
    });
  }

  private async describe(tx: Tx, input: ProductInput): Promise<{ described: Described; terms: string[] }> {
    const brandId = await findOrMakeBrand(tx, input.brandName);
    const categoryIds = await findOrMakeCategories(tx, input.categoryNames);
    const texts = [input.title, input.subtitle ?? '', input.brandName, ...input.categoryNames, ...input.tags];
    // Facets are terms too: a narrow category is then found as fast as a rare word.
    const terms = [...[brandId, ...categoryIds].map(facetTerm), ...termsOf(texts)];
    const described: Described = {
      title: input.title,
      subtitle: input.subtitle,
      brandId,
      categoryId: categoryIds.at(-1) ?? null,
      imageUrl: coverOf(input),
      searchText: searchTextOf(terms),
      optionNamesJson: JSON.stringify(input.optionNames),
      tagsJson: JSON.stringify(input.tags),
      descriptionHtml: input.descriptionHtml,
    };
    return { described, terms };
  }

  private async findOrMake(tx: Tx, input: ProductInput, described: Described, now: number) {
    const find = () => tx.first<ProductEntity>('SELECT * FROM products WHERE handle = ?', [input.handle]);
    const found = await find();
    if (found !== null) return { product: found, created: false };
    const row: ProductEntity = {
      id: newId('prd'),
      handle: input.handle,
      ...described,
      publishWanted: input.publish ? 1 : 0,
      published: 0,
      importedPublished: input.publish ? 1 : 0,
      listedAt: 0,
      minPriceFen: 0,
      priceVaries: 0,
      compareAtFen: null,
      soldCount: 0,
      createdAt: now,
      updatedAt: now,
    };
    if (await tx.insertOnce(ProductEntity, row)) return { product: row, created: true };
    const other = await find();
    if (other === null) throw new Error(`product ${input.handle} is neither there nor can be made`);
    return { product: other, created: false };
  }

  private async redescribe(tx: Tx, old: ProductEntity, described: Described): Promise<boolean> {
    const columns = (Object.keys(described) as (keyof Described)[]).filter((name) => described[name] !== old[name]);
    if (columns.length === 0) return false;
    await tx.execute(`UPDATE products SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [
      ...columns.map((name) => described[name]),
      old.id,
    ]);
    return true;
  }

  private async writeTerms(tx: Tx, productId: string, oldText: string, terms: readonly string[]): Promise<void> {
    const old = new Set(oldText.split(' ').filter((term) => term !== ''));
    const gone = [...old].filter((term) => !terms.includes(term));
    if (gone.length > 0) {
      await tx.execute(
        `DELETE FROM product_search_terms WHERE productId = ? AND term IN (${gone.map(() => '?').join(', ')})`,
        [productId, ...gone],
      );
    }
    const fresh = [...new Set(terms)].filter((term) => !old.has(term)).map((term) => ({ term, productId }));
    await tx.insert(ProductSearchTermEntity, fresh).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
      throw new RetryTransaction(`another import described ${productId} meanwhile`);
    });
  }

  private async writeImages(tx: Tx, productId: string, urls: readonly string[]): Promise<boolean> {
    const rows = await tx.query<{ url: string }>(
      'SELECT url FROM product_images WHERE productId = ? ORDER BY position',
      [productId],
    );
    if (rows.length === urls.length && rows.every(({ url }, position) => url === urls[position])) return false;
    await tx.execute('DELETE FROM product_images WHERE productId = ?', [productId]);
    await tx.insert(
      ProductImageEntity,
      urls.map((url, position) => ({ id: newId('img'), productId, position, url })),
    );
    return true;
  }

  /** A file decides publication only when it says something else than the last one: HQ's own decision stays. */
  private async wishPublication(tx: Tx, old: ProductEntity, publish: boolean): Promise<boolean> {
    const wish = publish ? 1 : 0;
    if (old.importedPublished === wish) return false;
    await tx.execute('UPDATE products SET importedPublished = ?, publishWanted = ? WHERE id = ?', [wish, wish, old.id]);
    return true;
  }
}
