import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** A person who sells for a store. One member is at most one guide. */
@Entity('guides')
@Index(['memberId'], { unique: true })
@Index(['storeId'])
export class GuideEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  @RefColumn()
  storeId: string;

  /** The name that customers see. */
  @TextColumn(20)
  name: string;

  /** A dimension of commission rules (R4.2). */
  @TextColumn(20)
  tier: string;

  /** `employee` (paid by payroll) or `contractor` (paid by transfer, nothing withheld yet) (R5.5). */
  @TextColumn(12, { default: 'contractor' })
  payeeType: string;

  /** See GuideStatus. How it came to be is in guide_status_changes. */
  @TextColumn(10)
  status: string;

  /** Business clock. */
  @InstantColumn()
  registeredAt: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  leftAt: number | null;
}
