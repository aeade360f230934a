import { Entity, ForeignKey, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * What WeChat is told about the goods of one paid order, stored before it is told. WeChat keeps the shop's money until
 * it knows of the parcel and of its receipt.
 */
@Entity('shipping_uploads')
@Index(['orderId'], { unique: true })
@Index(['orderNumber'], { unique: true })
@Index(['state', 'nextTryAt'])
@Index(['receiptCheckAt'])
export class ShippingUploadEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('OrderEntity')
  orderId: string;

  /** The payment's out_trade_no. */
  @TextColumn(32)
  orderNumber: string;

  @TextColumn(64)
  payerOpenid: string;

  /** WeChat's numbers: 1 express, 4 collected in a store. */
  @CountColumn()
  logisticsType: number;

  /** WeChat's code of the carrier; null when she collects the goods. */
  @TextColumn(40, { nullable: true })
  carrier: string | null;

  @TextColumn(128, { nullable: true })
  trackingNumber: string | null;

  @TextColumn(120)
  itemDesc: string;

  /** Masked but for the last four digits; only for carriers that WeChat wants it of. */
  @TextColumn(40, { nullable: true })
  receiverContact: string | null;

  /** `waiting`, `uploaded` or `failed`: a person has to look. */
  @TextColumn(12)
  state: string;

  /** 1, and one more for each parcel that was named anew. */
  @CountColumn()
  revision: number;

  @CountColumn()
  tries: number;

  /** Wall clock, like the other times of this table unless said otherwise. */
  @InstantColumn()
  nextTryAt: number;

  /** The upload_time of the last try: WeChat wants each later than the one before. */
  @InstantColumn({ nullable: true })
  lastUploadTime: number | null;

  /** WeChat's code for a refusal. */
  @TextColumn(20, { nullable: true })
  refusalCode: string | null;

  @InstantColumn({ nullable: true })
  uploadedAt: number | null;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** When WeChat is asked whether she has the goods; null: nothing is to be asked. */
  @InstantColumn({ nullable: true })
  receiptCheckAt: number | null;

  @CountColumn()
  receiptChecks: number;

  /** `customer` or `time`, as WeChat's event says; null when only the query told us. */
  @TextColumn(10, { nullable: true })
  receiptMethod: string | null;

  /** Business clock: when she confirmed at WeChat. */
  @InstantColumn({ nullable: true })
  receiptOccurredAt: number | null;

  /** R1.4: when the mall learned of it. */
  @InstantColumn({ nullable: true })
  receiptRecordedAt: number | null;

  /** When WeChat was asked to remind her of the receipt: it does so once. */
  @InstantColumn({ nullable: true })
  remindedAt: number | null;
}
