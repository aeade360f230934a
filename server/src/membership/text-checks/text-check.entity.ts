import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  IdColumn,
  InstantColumn,
  LongTextColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** A text that others would see, on its way through WeChat's content security (§9): hidden until it has passed. */
@Entity('text_checks')
@Index(['openKey'], { unique: true })
@Index(['state', 'nextCheckAt'])
@Index(['kind', 'subjectId', 'id'])
@Index(['memberId'])
export class TextCheckEntity {
  @IdColumn()
  id: string;

  /** Where it would be shown, e.g. `member.nickname`. */
  @TextColumn(30)
  kind: string;

  /** Whose it is there: the member, the guide. */
  @RefColumn()
  subjectId: string;

  /** Who wrote it. */
  @RefColumn()
  memberId: string;

  @LongTextColumn()
  text: string;

  /** See TextCheckState; `replaced`: a newer text came before this one was judged. */
  @TextColumn(10)
  state: string;

  /** `kind:subjectId` while it waits, else null: a subject has one text under way. */
  @TextColumn(80, { nullable: true })
  openKey: string | null;

  /** Business clock. */
  @InstantColumn()
  submittedAt: number;

  /** Wall clock: when WeChat is asked next; null: not any more. */
  @InstantColumn({ nullable: true })
  nextCheckAt: number | null;

  @CountColumn()
  tries: number;

  /** Why it waits, or WeChat's label of what it judged. */
  @TextColumn(40, { nullable: true })
  verdict: string | null;

  @CountColumn({ nullable: true })
  label: number | null;

  /** WeChat's number of the judgement, for questions to WeChat. */
  @TextColumn(80, { nullable: true })
  traceId: string | null;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  decidedAt: number | null;

  /** An HQ user; null: WeChat. */
  @RefColumn({ nullable: true })
  decidedBy: string | null;
}
