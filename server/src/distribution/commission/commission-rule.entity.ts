import { Check, Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** One version of a rate (R4.2, R4.3). Never updated: a change is another version of the same scope. */
@Entity('commission_rules')
@Index(['productScopeKind', 'productScopeId', 'sellerScopeKind', 'sellerScopeId', 'effectiveFrom'], { unique: true })
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

  @InstantColumn()
  effectiveFrom: number;

  @TextColumn(200)
  reason: string;

  @TextColumn(36)
  createdBy: string;

  @InstantColumn()
  createdAt: number;
}
