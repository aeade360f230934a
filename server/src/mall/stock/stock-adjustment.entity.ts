import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Every change of what was received, and why. Insert-only; the sum of a SKU's deltas is its `received`. */
@Entity('stock_adjustments')
@Index(['skuId', 'occurredAt'])
export class StockAdjustmentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  skuId: string;

  /** Pieces; negative when pieces left without a sale. */
  @CountColumn()
  delta: number;

  @TextColumn(200)
  reason: string;

  @RefColumn()
  actorId: string;

  @InstantColumn()
  occurredAt: number;
}
