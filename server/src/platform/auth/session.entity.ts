import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../database/columns.js';

/** A sign-in. Only a hash of the token is kept: a copy of the database opens nothing. */
@Entity('sessions')
@Index(['tokenHash'], { unique: true })
@Index(['subjectId'])
@Index(['expiresAt'])
export class SessionEntity {
  @IdColumn()
  id: string;

  @TextColumn(64)
  tokenHash: string;

  /** `member` or `hq` */
  @TextColumn(10)
  actorKind: string;

  @RefColumn()
  subjectId: string;

  @InstantColumn()
  createdAt: number;

  @InstantColumn()
  expiresAt: number;

  @InstantColumn({ nullable: true })
  endedAt: number | null;
}
