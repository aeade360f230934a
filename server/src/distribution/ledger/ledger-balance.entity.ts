import type { Fen } from '@mall/shared/money';
import { Entity, PrimaryColumn } from 'typeorm';
import { FenColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * The running sum of one payee's account, so that a debit can be conditional (R5.5: `balance >= x` in the UPDATE).
 * It always equals the fold of the legs; reconciliation proves it. HQ's and the customers' accounts have none: every
 * order would queue for that one row.
 */
@Entity('ledger_balances')
export class LedgerBalanceEntity {
  /** `guide:<id>:available` */
  @PrimaryColumn({ type: 'varchar', length: 80 })
  account: string;

  @TextColumn(12)
  ownerKind: string;

  @TextColumn(36)
  ownerId: string;

  @TextColumn(20)
  bucket: string;

  @FenColumn()
  balanceFen: Fen;
}
