import type { Fen } from '@mall/shared/money';
import { Entity, PrimaryColumn } from 'typeorm';
import { FenColumn } from '../../platform/database/columns.js';

/** What a guide has asked for on one business day: the day's limit is a conditional update of it (R5.5). */
@Entity('payout_days')
export class PayoutDayEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  guideId: string;

  /** `2026-11-22`, Asia/Shanghai. */
  @PrimaryColumn({ type: 'varchar', length: 10 })
  businessDay: string;

  @FenColumn()
  usedFen: Fen;
}
