import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** Each answer that she gave when asked. Insert-only: an accept is the grant of one message, told twice it is one. */
@Entity('message_answers')
@Index(['openid', 'requestId', 'templateId'], { unique: true })
@Index(['memberId'])
export class MessageAnswerEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  @TextColumn(64)
  openid: string;

  @TextColumn(64)
  templateId: string;

  /** Of the phone's making. */
  @TextColumn(64)
  requestId: string;

  @TextColumn(20)
  moment: string;

  /** `accept`, `reject`, `ban` or `filter` */
  @TextColumn(10)
  outcome: string;

  /** Business clock. */
  @InstantColumn()
  answeredAt: number;
}
