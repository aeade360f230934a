import { Check, Entity } from 'typeorm';
import { CountColumn, IdColumn } from '../../platform/database/columns.js';

/**
 * R7.3: where every piece of a SKU is. The database itself refuses a row that leaks or goes below zero, so that a
 * forgotten condition in some later code cannot sell what is not there.
 */
@Entity('stock_levels')
@Check('CHK_stock_never_leaks', 'available + reserved + sold = received')
@Check('CHK_stock_never_negative', 'available >= 0 AND reserved >= 0 AND sold >= 0')
export class StockLevelEntity {
  @IdColumn()
  skuId: string;

  /** Can be bought now. */
  @CountColumn()
  available: number;

  /** Held by orders that are not paid yet. */
  @CountColumn()
  reserved: number;

  /** Left the shelf for good, unless a return brings it back. */
  @CountColumn()
  sold: number;

  /** Opening stock plus every adjustment. */
  @CountColumn()
  received: number;
}
