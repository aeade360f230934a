import type { Fen } from '@mall/shared/money';
import { Entity, ForeignKey, Index } from 'typeorm';
import { CountColumn, FenColumn, IdColumn, RefColumn } from '../../platform/database/columns.js';

/** What a refund takes back of one line: its share of the commission's base, not always of the money (R6.6). */
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
