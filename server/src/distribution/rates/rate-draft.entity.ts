import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A rate that HQ is thinking about: it may be changed until it is published or discarded (R4.3). */
@Entity('commission_rule_drafts')
@Index(['state', 'id'])
export class RateDraftEntity {
  @IdColumn()
  id: string;

  /** `draft`, `published` or `discarded` */
  @TextColumn(10)
  state: 'draft' | 'published' | 'discarded';

  /** The rule as it would be published. */
  @JsonColumn()
  inputJson: string;

  /** Raised by every change: two editors cannot overwrite each other unseen. */
  @CountColumn()
  revision: number;

  /** The store whose manager wrote it; null: HQ. */
  @RefColumn({ nullable: true })
  authorStoreId: string | null;

  @RefColumn()
  createdBy: string;

  @InstantColumn()
  createdAt: number;

  @InstantColumn()
  updatedAt: number;

  @RefColumn({ nullable: true })
  publishedRuleId: string | null;
}
