import type { Fen } from '@mall/shared/money';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** One order's payment at WeChat. Stored before WeChat is asked; one out_trade_no for all tries. */
@Entity('payments')
@Index(['orderId'], { unique: true })
@Index(['outTradeNo'], { unique: true })
@Index(['transactionId'], { unique: true })
@Index(['state', 'nextCheckAt'])
export class PaymentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('OrderEntity')
  orderId: string;

  @TextColumn(32)
  outTradeNo: string;

  @TextColumn(64)
  payerOpenid: string;

  @FenColumn()
  amountFen: Fen;

  /** Wall clock: WeChat's time_expire. Kept, since WeChat refuses a repeated order whose body differs. */
  @InstantColumn()
  expiresAt: number;

  /**
   * `open` (may be paid), `succeeded`, `closed` (WeChat says that nobody can pay it any more) or `disputed` (money
   * came that does not fit: HQ looks at it).
   */
  @TextColumn(12)
  state: string;

  /** WeChat's number once paid. */
  @TextColumn(40, { nullable: true })
  transactionId: string | null;

  @InstantColumn()
  createdAt: number;

  /** Wall clock: when WeChat is asked next, since a notice is not guaranteed. */
  @InstantColumn()
  nextCheckAt: number;

  @CountColumn()
  checks: number;

  /** Wall clock: when a waiting customer's page last made us ask. */
  @InstantColumn()
  askedAt: number;

  @InstantColumn({ nullable: true })
  succeededAt: number | null;
}
