import type { Fen } from '@mall/shared/money';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { CountColumn, FenColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * A paid order as this wing needs it, told by `order.paid`: dry runs, second orders and disputes read it, so that
 * nothing here reads the mall's tables.
 */
@Entity('sold_orders')
@Index(['memberId', 'orderedAt'])
export class SoldOrderEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  orderId: string;

  @TextColumn(32)
  orderNumber: string;

  @RefColumn()
  memberId: string;

  /** The branch of R3.2 that won. */
  @TextColumn(1)
  branch: string;

  @RefColumn({ nullable: true })
  guideId: string | null;

  @RefColumn({ nullable: true })
  storeId: string | null;

  @FenColumn()
  totalFen: Fen;

  @FenColumn()
  freightFen: Fen;

  /** Creation of the order; business clock, as are the others. */
  @InstantColumn()
  orderedAt: number;

  @InstantColumn()
  paidAt: number;

  @InstantColumn({ nullable: true })
  receivedAt: number | null;

  /** When its commissions become available, and when they become final (R5.2, R5.4); set at receipt. */
  @InstantColumn({ nullable: true })
  availableAt: number | null;

  @InstantColumn({ nullable: true })
  finalAt: number | null;

  /** Counted up by whoever is about to change its commissions, so that they take turns, on a cluster too. */
  @CountColumn()
  changes: number;

  /** When tails that wait for days vest (R4.6). */
  @InstantColumn({ nullable: true })
  tailDueAt: number | null;
}
