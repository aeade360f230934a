import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/**
 * R6.1: issued → locked by an order → redeemed, or released to issued; voided. Expiry is computed, never stored.
 * The unique key makes a repeated event issue once (R6.3). It holds no foreign key to its template: checking one
 * locks the template's row, which every issue then updates, and parallel issues would deadlock.
 */
@Entity('coupons')
@Index(['sourceKind', 'sourceId', 'memberId', 'sourceOrderId'], { unique: true })
@Index(['memberId', 'expiresAt'])
@Index(['lockedByOrderId'])
@Index(['sourceOrderId'])
export class CouponEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  templateId: string;

  @RefColumn()
  memberId: string;

  /** `issued`, `locked`, `redeemed` or `voided` */
  @TextColumn(10)
  state: string;

  /** The order that holds it or has used it; null while it is free. */
  @RefColumn({ nullable: true })
  lockedByOrderId: string | null;

  /** `campaign` or `hq_grant` */
  @TextColumn(10)
  sourceKind: string;

  /** Campaign or grant. */
  @RefColumn()
  sourceId: string;

  /** The order that earned it; '' for none, since NULLs are all different in a unique key. */
  @RefColumn()
  sourceOrderId: string;

  /** The guide of that order (R3.2b). */
  @RefColumn({ nullable: true })
  sourceGuideId: string | null;

  @InstantColumn()
  issuedAt: number;

  @InstantColumn()
  startsAt: number;

  /** Valid in [startsAt, expiresAt). */
  @InstantColumn()
  expiresAt: number;

  @InstantColumn({ nullable: true })
  redeemedAt: number | null;

  /** Set while locked, it turns void as soon as the order lets go of it. */
  @InstantColumn({ nullable: true })
  voidedAt: number | null;
}
