import type { Fen } from '@mall/shared/money';
import { Entity, ForeignKey, Index } from 'typeorm';
import { FenColumn, IdColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** What a transaction moves into (+) or out of (−) one account. The legs of a transaction sum to zero. */
@Entity('ledger_legs')
@Index(['ownerKind', 'ownerId', 'bucket', 'amountFen', 'transactionId'])
@Index(['orderId'])
export class LedgerLegEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  @ForeignKey('LedgerTransactionEntity')
  @Index()
  transactionId: string;

  /** `customers`, `hq`, `guide` or `store` */
  @TextColumn(12)
  ownerKind: string;

  /** Empty for `customers` and `hq`, which are one each. */
  @TextColumn(36)
  ownerId: string;

  /** e.g. `sales`, `commission`, `pending`, `frozen`, `available` */
  @TextColumn(20)
  bucket: string;

  @FenColumn()
  amountFen: Fen;

  /** The order that it is about. */
  @RefColumn({ nullable: true })
  orderId: string | null;

  /** The commission entry that it is about. */
  @RefColumn({ nullable: true })
  entryId: string | null;
}
