import type { Fen } from '@mall/shared/money';
import type { TradeBillState } from '@mall/shared/trade-bills';
import { Entity, Index } from 'typeorm';
import { CountColumn, FenColumn, IdColumn, InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** WeChat's bill of one day. The row stands before WeChat is asked; its rows come with the state `stored`. */
@Entity('trade_bills')
@Index(['billDate'], { unique: true })
@Index(['state', 'nextTryAt'])
export class TradeBillEntity {
  @IdColumn()
  id: string;

  /** China, `2026-11-27`. */
  @TextColumn(10)
  billDate: string;

  @TextColumn(10)
  state: TradeBillState;

  @CountColumn()
  rowCount: number;

  @FenColumn()
  orderFen: Fen;

  @FenColumn()
  refundFen: Fen;

  /** Wall clock, as are the next. */
  @InstantColumn()
  nextTryAt: number;

  @InstantColumn({ nullable: true })
  storedAt: number | null;

  @TextColumn(200, { nullable: true })
  lastError: string | null;
}
