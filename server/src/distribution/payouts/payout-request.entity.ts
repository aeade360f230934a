import type { Fen } from '@mall/shared/money';
import { Check, Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A guide asks for her available money (R5.5): requested → approved | rejected | cancelled → done. */
@Entity('payout_requests')
@Index(['guideId', 'id'])
@Index(['state', 'id'])
@Check('CHK_payout_requests_amounts', 'amountFen > 0 AND taxFen >= 0 AND netFen >= 0 AND netFen + taxFen = amountFen')
export class PayoutRequestEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  guideId: string;

  /** Gross: what her balance was debited. */
  @FenColumn()
  amountFen: Fen;

  @FenColumn()
  taxFen: Fen;

  @FenColumn()
  netFen: Fen;

  /** `employee` or `contractor`, as she stood when she asked. */
  @TextColumn(12)
  payeeType: string;

  /** See WithholdingMethod: how taxFen was worked out. */
  @TextColumn(20, { default: 'none' })
  withholding: string;

  /** See PayoutState. */
  @TextColumn(10)
  state: string;

  /** Business clock, as are the others. */
  @InstantColumn()
  requestedAt: number;

  @InstantColumn({ nullable: true })
  decidedAt: number | null;

  /** Null: approved by itself, under the threshold. */
  @RefColumn({ nullable: true })
  decidedBy: string | null;

  @TextColumn(200, { nullable: true })
  decisionReason: string | null;

  @InstantColumn({ nullable: true })
  doneAt: number | null;

  @CountColumn()
  transferCount: number;

  /**
   * How many of them were submitted. Submitting counts here, in the row that cancelling asks: of the two, one row
   * decides, on every engine.
   */
  @CountColumn()
  submittedCount: number;

  /** How many have ended, however they did. */
  @CountColumn()
  endedCount: number;
}
