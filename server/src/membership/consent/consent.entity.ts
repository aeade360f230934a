import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** One act of consent or of its withdrawal (R2.1). Insert-only: the newest act of a purpose is what holds. */
@Entity('consents')
@Index(['memberId', 'purpose', 'occurredAt'])
export class ConsentEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** The text that was shown. */
  @TextColumn(20)
  policyVersion: string;

  /** See ConsentPurpose. */
  @TextColumn(30)
  purpose: string;

  /** `granted` or `withdrawn` */
  @TextColumn(10)
  act: string;

  /** Business clock. */
  @InstantColumn()
  occurredAt: number;

  /** Wall clock. */
  @InstantColumn()
  recordedAt: number;
}
