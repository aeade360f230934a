import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, JsonColumn, TextColumn } from '../database/columns.js';

/** Who changed what, from what to what, and why. Insert-only. */
@Entity('audit_entries')
@Index(['subject', 'occurredAt'])
@Index(['occurredAt'])
export class AuditEntryEntity {
  @IdColumn()
  id: string;

  @InstantColumn()
  occurredAt: number;

  @TextColumn(36)
  actorId: string;

  @TextColumn(60)
  actorName: string;

  /** e.g. `commission-rule.publish` */
  @TextColumn(60)
  action: string;

  /** e.g. an id */
  @TextColumn(80)
  subject: string;

  @JsonColumn({ nullable: true })
  oldJson: string | null;

  @JsonColumn({ nullable: true })
  newJson: string | null;

  @TextColumn(200, { nullable: true })
  reason: string | null;
}
