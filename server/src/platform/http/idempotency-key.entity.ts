import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, RefColumn, TextColumn } from '../database/columns.js';

/** One idempotent call that has happened. The key's owner is part of the key. */
@Entity('idempotency_keys')
@Index(['createdAt'])
export class IdempotencyKeyEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  actorId: string;

  @PrimaryColumn({ type: 'varchar', length: 40 })
  operation: string;

  @PrimaryColumn({ type: 'varchar', length: 80 })
  idempotencyKey: string;

  @TextColumn(64)
  bodyHash: string;

  @RefColumn()
  resultId: string;

  @InstantColumn()
  createdAt: number;
}
