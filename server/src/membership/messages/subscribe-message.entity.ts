import { Entity, Index } from 'typeorm';
import {
  CountColumn,
  FenColumn,
  IdColumn,
  InstantColumn,
  JsonColumn,
  RefColumn,
  TextColumn,
} from '../../platform/database/columns.js';

/** One message, stored before it is sent. WeChat knows no key of ours, so it is handed over at most once. */
@Entity('subscribe_messages')
@Index(['kind', 'subjectId'], { unique: true })
@Index(['state', 'nextTryAt'])
@Index(['memberId', 'kind'])
@Index(['kind', 'state'])
export class SubscribeMessageEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  /** See MessageKind. */
  @TextColumn(30)
  kind: string;

  /** The fact, told once: an order, a coupon, a transfer; of what is gathered, whose day it is. */
  @TextColumn(60)
  subjectId: string;

  /** What there is to say, by our words; the template's keys are found when it is sent. */
  @JsonColumn()
  factsJson: string;

  /** Summed over what was gathered into this message; 0 where there is no money. */
  @FenColumn()
  amountFen: number;

  /** How many facts were gathered into it. */
  @CountColumn()
  facts: number;

  /** Of the page that it opens; '' for none. */
  @TextColumn(100)
  query: string;

  /** See MessageState. */
  @TextColumn(10)
  state: string;

  /** WeChat's code, or our word, when it was not sent. */
  @TextColumn(20, { nullable: true })
  reasonCode: string | null;

  /** The grant that it has taken. */
  @RefColumn({ nullable: true })
  grantId: string | null;

  @CountColumn()
  tries: number;

  /** Wall clock. */
  @InstantColumn()
  nextTryAt: number;

  /** Wall clock: from here on it may have been sent. */
  @InstantColumn({ nullable: true })
  claimedAt: number | null;

  /** Business clock, as is the next: after it the message would be stale. */
  @InstantColumn()
  createdAt: number;

  @InstantColumn()
  sendBefore: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  finishedAt: number | null;
}
