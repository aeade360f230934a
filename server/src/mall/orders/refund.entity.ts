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

/** Money on its way back. Stored before WeChat is asked; its ULID is the out_refund_no on every try (R7.5, D20). */
@Entity('refunds')
@Index(['orderId'])
@Index(['state', 'nextCheckAt'])
export class RefundEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('OrderEntity')
  orderId: string;

  /** `created`, `processing`, `succeeded` or `failed` */
  @TextColumn(12)
  state: string;

  /** `hq`, or `late_payment` for money that came for a cancelled order. */
  @TextColumn(16)
  cause: string;

  /** Money that goes back. */
  @FenColumn()
  amountFen: Fen;

  /** R6.6: lines + freight less the money: kept back for a gift, or negative when that is paid back. */
  @FenColumn({ default: 0 })
  withheldFen: Fen;

  @FenColumn()
  freightFen: Fen;

  @TextColumn(200)
  reason: string;

  /** 1: the guide is not charged (R5.4). */
  @CountColumn()
  goodwill: number;

  @RefColumn()
  requestedBy: string;

  @InstantColumn()
  createdAt: number;

  /** Wall clock: when WeChat is asked next. */
  @InstantColumn()
  nextCheckAt: number;

  @CountColumn()
  checks: number;

  @InstantColumn({ nullable: true })
  succeededAt: number | null;

  @TextColumn(200, { nullable: true })
  failReason: string | null;
}
