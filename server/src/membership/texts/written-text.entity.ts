import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  RefColumn,
  SealedColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A text that others would see, on its way to being shown or refused (§9). */
@Entity('written_texts')
@Index(['openKey'], { unique: true })
@Index(['memberId', 'kind'])
@Index(['waitingFor', 'nextTryAt'])
@Index(['state'])
export class WrittenTextEntity {
  @IdColumn()
  id: string;

  @TextColumn(20)
  kind: string;

  /** Who wrote it. */
  @RefColumn()
  memberId: string;

  /** Sealed: what is refused may name anybody. Null once it is shown or withdrawn, or she has written another. */
  @SealedColumn({ nullable: true })
  textSealed: string | null;

  /** `waiting`, `shown`, `refused`, `withdrawn`. */
  @TextColumn(10)
  state: string;

  /** `kind:memberId` while it waits: one at a time. */
  @TextColumn(60, { nullable: true })
  openKey: string | null;

  /** `check` or `hq` while it waits. */
  @TextColumn(10, { nullable: true })
  waitingFor: string | null;

  /** Why HQ has to decide. */
  @TextColumn(20, { nullable: true })
  cause: string | null;

  /** WeChat's. */
  @CountColumn({ nullable: true })
  label: number | null;

  @CountColumn()
  tries: number;

  /** Wall clock: when WeChat is asked next; moved on before each call. */
  @InstantColumn({ nullable: true })
  nextTryAt: number | null;

  /** Business clock. */
  @InstantColumn()
  writtenAt: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  decidedAt: number | null;

  /** `wechat`, or a user of HQ. */
  @TextColumn(36, { nullable: true })
  decidedBy: string | null;

  /** Of a refusal, as she reads it; HQ's own reason. */
  @TextColumn(200, { nullable: true })
  reason: string | null;
}
