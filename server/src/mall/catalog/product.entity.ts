import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/**
 * A product. Prices, the first image and the search text are copies that refresh-product.ts keeps right, so that a
 * list of 100,000 SKUs is sorted and filtered by walking one index. The description stands last: SQLite then reads a
 * list without touching it.
 */
@Entity('products')
@Index(['handle'], { unique: true })
@Index(['published', 'listedAt', 'id'])
@Index(['published', 'minPriceFen', 'id'])
@Index(['published', 'soldCount', 'id'])
@Index(['categoryId', 'published'])
@Index(['brandId', 'published'])
export class ProductEntity {
  @IdColumn()
  id: string;

  /** Names the product in catalogue files. */
  @TextColumn(255)
  handle: string;

  @TextColumn(200)
  title: string;

  @TextColumn(200, { nullable: true })
  subtitle: string | null;

  @RefColumn()
  brandId: string;

  @RefColumn({ nullable: true })
  categoryId: string | null;

  /** 1: HQ, or the catalogue file, wants customers to see it. */
  @CountColumn()
  publishWanted: number;

  /** 1: customers see it: wanted, and it has a sellable SKU. */
  @CountColumn()
  published: number;

  /** What the last catalogue file said about publication; null: never imported. */
  @CountColumn({ nullable: true })
  importedPublished: number | null;

  /** First publication (business clock): what "newest" sorts by; 0 before. */
  @InstantColumn()
  listedAt: number;

  /** Lowest price of its sellable SKUs; 0 without one. */
  @FenColumn()
  minPriceFen: number;

  /** 1: its sellable SKUs differ in price. */
  @CountColumn()
  priceVaries: number;

  /** Crossed-out price of the cheapest sellable SKU. */
  @FenColumn({ nullable: true })
  compareAtFen: number | null;

  @TextColumn(1000, { nullable: true })
  imageUrl: string | null;

  /** Pieces that customers have paid for; counted from events. */
  @CountColumn()
  soldCount: number;

  @InstantColumn()
  createdAt: number;

  @InstantColumn()
  updatedAt: number;

  /** Every search term between blanks: ` 开衫 羊毛 … `. */
  @LongTextColumn()
  searchText: string;

  @JsonColumn()
  optionNamesJson: string;

  @JsonColumn()
  tagsJson: string;

  /** Sanitised. */
  @LongTextColumn()
  descriptionHtml: string;
}
