import type { Fen } from '@mall/shared/money';
import { Entity, ForeignKey, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  RefColumn,
  SealedColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/**
 * One transfer of a payout, with a bill number of its own that every retry repeats (R5.5): created → submitted →
 * waiting → succeeded | failed | cancelled; `unknown` is resolved by a query, never by a second bill.
 */
@Entity('payout_transfers')
@Index(['outBillNo'], { unique: true })
@Index(['requestId', 'position'], { unique: true })
@Index(['state', 'nextCheckAt'])
export class PayoutTransferEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('PayoutRequestEntity')
  requestId: string;

  @RefColumn()
  guideId: string;

  /** 1, 2, 3 … of the request. */
  @CountColumn()
  position: number;

  /** Net: what is sent. */
  @FenColumn()
  amountFen: Fen;

  /** Its part of the request's gross: what returns when it fails. */
  @FenColumn()
  grossFen: Fen;

  @TextColumn(32)
  outBillNo: string;

  /** See TransferState. */
  @TextColumn(10)
  state: string;

  @TextColumn(64, { nullable: true })
  providerNo: string | null;

  @TextColumn(80, { nullable: true })
  failReason: string | null;

  /** Wall clock. */
  @InstantColumn()
  nextCheckAt: number;

  @CountColumn()
  checks: number;

  /** Business clock, as is the next. */
  @InstantColumn({ nullable: true })
  submittedAt: number | null;

  @InstantColumn({ nullable: true })
  finishedAt: number | null;

  /** The guide's account at the provider, stored before the first call: every retry repeats it. */
  @TextColumn(64, { nullable: true })
  payeeAccount: string | null;

  /** Her real name, sealed; only where the provider asks for it, and only until the transfer has ended. */
  @SealedColumn({ length: 400, nullable: true })
  payeeNameSealed: string | null;

  /** See TransferPhase: where an open transfer stands at the provider. */
  @TextColumn(12, { nullable: true })
  phase: string | null;

  /** Business clock. Of what was sent and has no phase yet: when it was last sent. */
  @InstantColumn({ nullable: true })
  phaseAt: number | null;

  /** What the phone shows the provider to open her confirmation. */
  @LongTextColumn({ nullable: true })
  packageInfo: string | null;

  /** Business clock: since when it is to be taken back, though it was sent. */
  @InstantColumn({ nullable: true })
  cancelAskedAt: number | null;
}
