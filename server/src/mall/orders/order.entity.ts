import type { Fen } from '@mall/shared/money';
import { Check, Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  SealedColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** R7.1. States move by conditional update; amounts are those of the quote that the customer agreed to (R7.4). */
@Entity('orders')
@Index(['orderNumber'], { unique: true })
@Index(['memberId', 'id'])
@Index(['state', 'dueAt'])
@Check('CHK_orders_amounts', 'refundedFen >= 0 AND refundedFen <= totalFen AND discountFen <= goodsFen')
export class OrderEntity {
  @IdColumn()
  id: string;

  /** The ULID part of the id: also the payment's out_trade_no. */
  @TextColumn(32)
  orderNumber: string;

  @RefColumn()
  memberId: string;

  @TextColumn(12)
  state: string;

  @FenColumn()
  goodsFen: Fen;

  @FenColumn()
  discountFen: Fen;

  @FenColumn()
  freightFen: Fen;

  @FenColumn()
  totalFen: Fen;

  /** Money given back or on the way back, for goods and freight. */
  @FenColumn()
  refundedFen: Fen;

  @FenColumn()
  freightRefundedFen: Fen;

  /**
   * Counts refunds that were settled. Writing it first makes two settlements of one order wait for each other, or fail
   * to certify on a cluster: each must see what the other gave back.
   */
  @CountColumn()
  settlements: number;

  /** [{name, amountFen}] */
  @JsonColumn()
  discountsJson: string;

  /** Sealed JSON of the address as it was: the address book may change. `null` when she collects the goods. */
  @SealedColumn()
  addressSealed: string;

  @TextColumn(200, { nullable: true })
  remark: string | null;

  /** See DeliveryKind. */
  @TextColumn(10, { default: 'express' })
  deliveryKind: string;

  @RefColumn({ nullable: true })
  pickupStoreId: string | null;

  /** R5.2: sealed, so that who reads the database can receive nobody's order. */
  @SealedColumn({ length: 120, nullable: true })
  pickupCodeSealed: string | null;

  /** Codes that were tried since the last rest; each is counted before it is compared. */
  @CountColumn({ default: 0 })
  pickupTries: number;

  /** Wall clock: when a code was tried last. */
  @InstantColumn({ nullable: true })
  pickupTriedAt: number | null;

  @InstantColumn()
  createdAt: number;

  /** When time moves it on: unpaid → cancelled, shipped or ready → received, received → completed. Null: nothing is due. */
  @InstantColumn({ nullable: true })
  dueAt: number | null;

  @InstantColumn({ nullable: true })
  paidAt: number | null;

  @InstantColumn({ nullable: true })
  shippedAt: number | null;

  /** When the goods lay ready in the store. */
  @InstantColumn({ nullable: true })
  readyAt: number | null;

  @InstantColumn({ nullable: true })
  receivedAt: number | null;

  @InstantColumn({ nullable: true })
  completedAt: number | null;

  @InstantColumn({ nullable: true })
  cancelledAt: number | null;

  @TextColumn(20, { nullable: true })
  cancelCause: string | null;
}
