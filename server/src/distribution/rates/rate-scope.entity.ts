import { Entity, PrimaryColumn } from 'typeorm';
import { CountColumn } from '../../platform/database/columns.js';

/** One row a scope: counting it up first makes publications of one scope take turns, so that overlaps are seen. */
@Entity('commission_scopes')
export class RateScopeEntity {
  /** `product:prd_01…|store:str_01…` */
  @PrimaryColumn({ type: 'varchar', length: 120 })
  scopeKey: string;

  @CountColumn()
  changes: number;
}
