import type { Fen } from '@mall/shared/money';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CountColumn, FenColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A line of a paid order with everything that its rate was resolved from (R4.2), whether or not it earned anything. */
@Entity('sold_lines')
@Index(['orderId'])
@Index(['orderedAt', 'orderLineId'])
export class SoldLineEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderLineId: string;

  @RefColumn()
  orderId: string;

  @RefColumn()
  skuId: string;

  @RefColumn()
  productId: string;

  /** Category ids from the root to the product's own, joined by `/`; empty: none. */
  @TextColumn(400)
  categoryPath: string;

  @RefColumn()
  brandId: string;

  @TextColumn(200)
  title: string;

  @TextColumn(200)
  optionText: string;

  @CountColumn()
  quantity: number;

  @FenColumn()
  goodsFen: Fen;

  @FenColumn()
  discountFen: Fen;

  /** goodsFen − discountFen (R4.1). */
  @FenColumn()
  baseFen: Fen;

  /** Chargeable refunds so far (R5.3). */
  @FenColumn()
  refundedBaseFen: Fen;

  /** Of one piece. Null: unknown, and so is the margin (R4.3). */
  @FenColumn({ nullable: true })
  costFen: Fen | null;

  /** The payee of the line and her dimensions when the order was created; null: no guide. */
  @RefColumn({ nullable: true })
  guideId: string | null;

  @TextColumn(20, { nullable: true })
  tier: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  @TextColumn(20, { nullable: true })
  storeType: string | null;

  /** The rule that was frozen with the order; null: none applied. */
  @RefColumn({ nullable: true })
  ruleId: string | null;

  @CountColumn({ nullable: true })
  guideBps: number | null;

  @CountColumn({ nullable: true })
  storeBps: number | null;

  @InstantColumn()
  orderedAt: number;
}
