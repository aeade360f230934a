import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, SealedColumn, TextColumn } from '../../platform/database/columns.js';

/** What we hold of a member, made when she asks for it and kept for some days. The key allows one a day. */
@Entity('data_exports')
@Index(['memberId', 'day'], { unique: true })
@Index(['state', 'dueAt'])
export class DataExportEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** `2026-11-28`, by the wall clock. */
  @TextColumn(10)
  day: string;

  /** `making`, `ready` or `expired` */
  @TextColumn(10)
  state: string;

  /** Wall clock, as are the others: when it was asked for. */
  @InstantColumn()
  requestedAt: number;

  /** When it is to be made, or deleted; null: nothing is due. */
  @InstantColumn({ nullable: true })
  dueAt: number | null;

  @InstantColumn({ nullable: true })
  madeAt: number | null;

  /** Sealed JSON of DataExportContent; null before and after. */
  @SealedColumn({ nullable: true })
  contentSealed: string | null;
}
