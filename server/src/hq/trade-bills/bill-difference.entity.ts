import type { Fen } from '@mall/shared/money';
import type { BillDifferenceKind } from '@mall/shared/trade-bills';
import { Entity, Index } from 'typeorm';
import {
  FenColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** What bill and books do not agree on. The key makes a day that is compared again say it once. */
@Entity('bill_differences')
@Index(['billDate', 'number', 'kind'], { unique: true })
@Index(['state', 'id'])
export class BillDifferenceEntity {
  @IdColumn()
  id: string;

  @TextColumn(10)
  billDate: string;

  @TextColumn(64)
  number: string;

  @TextColumn(20)
  kind: BillDifferenceKind;

  @TextColumn(10)
  subject: 'payment' | 'refund';

  @JsonColumn({ nullable: true })
  billRowJson: string | null;

  @FenColumn({ nullable: true })
  billFen: Fen | null;

  @JsonColumn({ nullable: true })
  ourRowJson: string | null;

  @FenColumn({ nullable: true })
  ourFen: Fen | null;

  /** `open` or `resolved` */
  @TextColumn(10)
  state: 'open' | 'resolved';

  /** `system`: a later comparison found both alike. */
  @RefColumn({ nullable: true })
  resolvedBy: string | null;

  @TextColumn(200, { nullable: true })
  resolvedReason: string | null;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  resolvedAt: number | null;
}
