import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** R6.1: what a coupon promises. Nothing of it changes after creation but issuedCount and endedAt. */
@Entity('coupon_templates')
@Index(['createdAt'])
export class CouponTemplateEntity {
  @IdColumn()
  id: string;

  @TextColumn(60)
  name: string;

  /** CouponKind */
  @TextColumn(20)
  kind: string;

  /** Goods in scope, before discounts, that it needs. */
  @FenColumn()
  thresholdFen: number;

  @FenColumn({ nullable: true })
  discountFen: number | null;

  /** The part taken off. */
  @CountColumn({ nullable: true })
  rateBps: number | null;

  @FenColumn({ nullable: true })
  capFen: number | null;

  /** gift only. No foreign key: the catalogue is another room, and stands above this one. */
  @RefColumn({ nullable: true })
  giftSkuId: string | null;

  @CountColumn({ nullable: true })
  giftQuantity: number | null;

  /** `any`, `brand`, `category` or `product` */
  @TextColumn(10)
  scopeKind: string;

  @RefColumn({ nullable: true })
  scopeId: string | null;

  /** Days of 24 h from issue; null: the fixed window below. */
  @CountColumn({ nullable: true })
  validDays: number | null;

  @InstantColumn({ nullable: true })
  startsAt: number | null;

  @InstantColumn({ nullable: true })
  endsAt: number | null;

  /** Null: no limit. */
  @CountColumn({ nullable: true })
  stockLimit: number | null;

  /** Raised by a conditional update only: the stock limit is decided by it (D17). */
  @CountColumn()
  issuedCount: number;

  /** Null: no limit. Kept by coupon_member_slots. */
  @CountColumn({ nullable: true })
  perMemberLimit: number | null;

  /** `exclusive`: no second goods coupon beside it. */
  @TextColumn(10)
  stackability: string;

  /** `hq`, `store` or `brand` */
  @TextColumn(10)
  costBearer: string;

  @InstantColumn()
  createdAt: number;

  /** Nothing is issued from then on; what was issued stays good. */
  @InstantColumn({ nullable: true })
  endedAt: number | null;
}
