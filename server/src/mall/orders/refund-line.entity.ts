import type { Fen } from '@mall/shared/money';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CountColumn, FenColumn, IdColumn, RefColumn } from '../../platform/database/columns.js';

/** What a refund gives back of one line. */
@Entity('refund_lines')
@Index(['refundId', 'orderLineId'], { unique: true })
export class RefundLineEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('RefundEntity')
  refundId: string;

  @RefColumn()
  orderLineId: string;

  @FenColumn()
  amountFen: Fen;

  @CountColumn()
  restockQuantity: number;
}
