import { Check, Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** One version of a rate (R4.2, R4.3). Never updated: a change is another version of the same scope. */
@Entity('commission_rules')
@Index(['productScopeKind', 'productScopeId', 'sellerScopeKind', 'sellerScopeId', 'series', 'effectiveFrom'], {
  unique: true,
})
@Check('CHK_commission_rules_depth', 'paidDepth = 1')
@Check('CHK_commission_rules_bps', 'guideBps >= 0 AND storeBps >= 0 AND guideBps + storeBps <= 10000')
export class CommissionRuleEntity {
  @IdColumn()
  id: string;

  @TextColumn(12)
  productScopeKind: string;

  /** Empty for `any`. */
  @TextColumn(36)
  productScopeId: string;

  @TextColumn(12)
  sellerScopeKind: string;

  @TextColumn(36)
  sellerScopeId: string;

  @CountColumn()
  guideBps: number;

  @CountColumn()
  storeBps: number;

  /** Guide, store and HQ together; null: guide and store alone (R4.4). */
  @CountColumn({ nullable: true })
  poolBps: number | null;

  /** 1: there is one paid level and the database takes no other (R4.5). */
  @CountColumn({ default: 1 })
  paidDepth: number;

  /** `base` versions follow each other; a `campaign` has an end and beats the base rate; a `stop` ends a campaign early. */
  @TextColumn(10, { default: 'base' })
  series: 'base' | 'campaign' | 'stop';

  /** 1: from here on the scope has no base rate. */
  @CountColumn({ default: 0 })
  isEnd: number;

  @InstantColumn()
  effectiveFrom: number;

  /** Of a campaign: the first instant at which it holds no more. Base versions end by the next one. */
  @InstantColumn({ nullable: true })
  effectiveTo: number | null;

  /** Of a stop: the campaign. */
  @RefColumn({ nullable: true })
  stopsRuleId: string | null;

  /** 1: franchise stores may not set their own rate under it. */
  @CountColumn({ default: 0 })
  isLocked: number;

  /** Within which guideBps a direct store's manager may set her own; null: she may not. */
  @CountColumn({ nullable: true })
  bandMinBps: number | null;

  @CountColumn({ nullable: true })
  bandMaxBps: number | null;

  /** The store whose manager made it; null: HQ. */
  @RefColumn({ nullable: true })
  authorStoreId: string | null;

  @TextColumn(200)
  reason: string;

  @TextColumn(36)
  createdBy: string;

  @InstantColumn()
  createdAt: number;
}
