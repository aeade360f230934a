import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** One combination of a product's options. Never deleted: orders point to it. */
@Entity('skus')
@Index(['productId', 'optionKey'], { unique: true })
export class SkuEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  productId: string;

  /** The option values as one text: with the handle, what makes a SKU the same one in the next file. */
  @TextColumn(320)
  optionKey: string;

  @JsonColumn()
  optionValuesJson: string;

  /** The merchant's own code. Text, blank or repeated as it comes: it identifies nothing. */
  @TextColumn(100)
  code: string;

  @FenColumn()
  priceFen: number;

  @FenColumn({ nullable: true })
  compareAtFen: number | null;

  /** Null: unknown, and so is the margin. */
  @FenColumn({ nullable: true })
  costFen: number | null;

  @TextColumn(1000, { nullable: true })
  imageUrl: string | null;

  /** 1: has a price and stands in the catalogue. */
  @CountColumn()
  sellable: number;

  @CountColumn()
  position: number;

  /** What the last catalogue file said about stock; null: never imported. */
  @CountColumn({ nullable: true })
  importedQuantity: number | null;
}
