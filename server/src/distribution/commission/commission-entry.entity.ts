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

  @RefColumn()
  payeeId: string;

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
  state: string;

  @InstantColumn()
  accruedAt: number;

  @InstantColumn({ nullable: true })
  receivedAt: number | null;

  @InstantColumn({ nullable: true })
  availableAt: number | null;

  /** R5.4: from here on HQ bears refunds. */
  @InstantColumn({ nullable: true })
  finalAt: number | null;
}
