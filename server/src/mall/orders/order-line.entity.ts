import type { Fen } from '@mall/shared/money';
import { Check, Entity, ForeignKey, Index } from 'typeorm';
import { CountColumn, FenColumn, IdColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** One line as it was bought: names, prices, cost, payee and rates are frozen here (R3.1, R4.3). */
@Entity('order_lines')
@Index(['orderId', 'lineNumber'], { unique: true })
@Check('CHK_order_lines_amounts', 'refundedFen >= 0 AND refundedFen <= payableFen AND restockedQuantity <= quantity')
export class OrderLineEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('OrderEntity')
  orderId: string;

  @CountColumn()
  lineNumber: number;

  @RefColumn()
  skuId: string;

  @RefColumn()
  productId: string;

  @RefColumn({ nullable: true })
  categoryId: string | null;

  /** Category ids from the root to its own, joined by `/`, as a rate's scope sees them (R4.2). */
  @TextColumn(400, { default: '' })
  categoryPath: string;

  @RefColumn()
  brandId: string;

  @TextColumn(200)
  title: string;

  @TextColumn(200)
  optionText: string;

  @TextColumn(1000, { nullable: true })
  imageUrl: string | null;

  @CountColumn()
  quantity: number;

  @FenColumn()
  unitPriceFen: Fen;

  @FenColumn()
  goodsFen: Fen;

  @FenColumn()
  discountFen: Fen;

  @FenColumn()
  payableFen: Fen;

  /** Goods taken back, as they were paid for; what is withheld for a gift is the refund's (R6.6). */
  @FenColumn()
  refundedFen: Fen;

  @CountColumn()
  restockedQuantity: number;

  @FenColumn({ nullable: true })
  costFen: Fen | null;

  @RefColumn({ nullable: true })
  guideId: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  /** The payee's dimensions at order creation. */
  @TextColumn(20, { nullable: true })
  sellerTier: string | null;

  @TextColumn(20, { nullable: true })
  sellerStoreType: string | null;

  @RefColumn({ nullable: true })
  commissionRuleId: string | null;

  @CountColumn({ nullable: true })
  guideBps: number | null;

  @CountColumn({ nullable: true })
  storeBps: number | null;

  /** 1: a coupon added this line, at price 0. */
  @CountColumn({ default: 0 })
  isGift: number;

  /** What the gift's pieces would have cost when ordered (R6.6); 0 on other lines. */
  @FenColumn({ default: 0 })
  giftValueFen: Fen;

  @RefColumn({ nullable: true })
  giftCouponId: string | null;
}
