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

/**
 * The commission of one payee on one order line (R5.2). What was posted never changes; refunds add to the reversed
 * part, and the state moves by conditional update.
 */
@Entity('commission_entries')
@Index(['orderLineId', 'payeeKind'], { unique: true })
@Index(['payeeKind', 'payeeId', 'id'])
@Index(['payeeKind', 'payeeId', 'accruedAt'])
@Index(['state', 'availableAt'])
@Index(['orderId'])
@Index(['tailState', 'tailDueAt'])
@Index(['memberId', 'tailState'])
@Check('CHK_commission_entries_depth', 'paidDepth = 1')
@Check('CHK_commission_entries_amounts', 'reversedFen >= 0 AND reversedFen <= postedFen AND refundedBaseFen <= baseFen')
export class CommissionEntryEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  orderId: string;

  @TextColumn(32)
  orderNumber: string;

  @RefColumn()
  orderLineId: string;

  @RefColumn()
  memberId: string;

  /** `guide` or `store`; the platform allows one paid level, so no other kind exists (R4.5). */
  @TextColumn(12)
  payeeKind: 'guide' | 'store';

  /** Its present holder: a dispute's decision may have moved it (R5.3, C10). */
  @RefColumn()
  payeeId: string;

  /** 1: there is one paid level and the database takes no other (R4.5). */
  @CountColumn({ default: 1 })
  paidDepth: number;

  @TextColumn(200)
  title: string;

  @TextColumn(200)
  optionText: string;

  @FenColumn()
  goodsFen: Fen;

  @FenColumn()
  discountFen: Fen;

  @FenColumn()
  baseFen: Fen;

  @FenColumn()
  refundedBaseFen: Fen;

  @RefColumn()
  ruleId: string;

  @CountColumn()
  rateBps: number;

  @FenColumn()
  postedFen: Fen;

  @FenColumn()
  reversedFen: Fen;

  /** `pending`, `frozen`, `available` or `void` */
  @TextColumn(12)
  state: 'pending' | 'frozen' | 'available' | 'void';

  @InstantColumn()
  accruedAt: number;

  @InstantColumn({ nullable: true })
  receivedAt: number | null;

  @InstantColumn({ nullable: true })
  availableAt: number | null;

  /** R5.4: from here on HQ bears refunds. */
  @InstantColumn({ nullable: true })
  finalAt: number | null;

  /** When the head became available; null until then. Oldest first, payouts are taken from them (R5.3). */
  @InstantColumn({ nullable: true })
  releasedAt: number | null;

  /** R4.6: the part that vests later, in bps of the total, as the settings stood when the order was created. */
  @CountColumn({ default: 0 })
  tailBps: number;

  /** `days` or `second_order`; null: no tail. */
  @TextColumn(12, { nullable: true })
  tailVesting: 'days' | 'second_order' | null;

  /** `none`, `waiting`, `vested` (earned, not yet released), `released` or `lapsed` */
  @TextColumn(10, { default: 'none' })
  tailState: 'none' | 'waiting' | 'vested' | 'released' | 'lapsed';

  /** What of the standing commission is tail; the rest is head. */
  @FenColumn({ default: 0 })
  tailFen: Fen;

  /** What went back to HQ because the tail lapsed. */
  @FenColumn({ default: 0 })
  lapsedFen: Fen;

  /** When a waiting tail vests (`days`) or lapses (`second_order`); null until received. */
  @InstantColumn({ nullable: true })
  tailDueAt: number | null;
}
