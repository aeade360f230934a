import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Pictures of a product, in order. The address is kept as it came: nothing is fetched. */
@Entity('product_images')
@Index(['productId', 'position'], { unique: true })
export class ProductImageEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  productId: string;

  @CountColumn()
  position: number;

  @TextColumn(1000)
  url: string;
}
