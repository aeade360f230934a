import type { Fen } from '@mall/shared/money';
import { Entity, Index } from 'typeorm';
import { FenColumn, IdColumn, TextColumn } from '../../platform/database/columns.js';

/** One row of a stored bill. Of the payer nothing is kept. */
@Entity('trade_bill_rows')
@Index(['billDate', 'kind'])
@Index(['kind', 'number'])
export class TradeBillRowEntity {
  @IdColumn()
  id: string;

  @TextColumn(10)
  billDate: string;

  @TextColumn(10)
  kind: 'payment' | 'refund';

  /** out_trade_no of a payment, out_refund_no of a refund. */
  @TextColumn(64)
  number: string;

  @TextColumn(32)
  outTradeNo: string;

  @TextColumn(40)
  transactionId: string;

  @TextColumn(40, { nullable: true })
  refundId: string | null;

  @TextColumn(12)
  status: string;

  @FenColumn()
  amountFen: Fen;

  /** As the bill says it, China. */
  @TextColumn(19)
  tradedAt: string;
}
