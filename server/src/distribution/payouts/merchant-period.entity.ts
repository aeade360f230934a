import type { Fen } from '@mall/shared/money';
import { Entity, PrimaryColumn } from 'typeorm';
import { FenColumn } from '../../platform/database/columns.js';

/** What was sent in one day or month of the business: the merchant's limits are conditional updates of it (R5.5). */
@Entity('payout_merchant_periods')
export class MerchantPeriodEntity {
  /** `2026-11-22` or `2026-11`, Asia/Shanghai. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  period: string;

  @FenColumn()
  sentFen: Fen;
}
