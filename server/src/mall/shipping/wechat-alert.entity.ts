import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** WeChat tells the shop that something is wrong, and a person has to look. */
@Entity('wechat_alerts')
@Index(['kind', 'subjectId'], { unique: true })
@Index(['doneAt', 'id'])
export class WechatAlertEntity {
  @IdColumn()
  id: string;

  /** See WechatAlertKind. */
  @TextColumn(40)
  kind: string;

  /** What it is about: an order, or the message itself. */
  @TextColumn(64)
  subjectId: string;

  @RefColumn({ nullable: true })
  orderId: string | null;

  /** WeChat's words. */
  @TextColumn(300)
  detail: string;

  /** Business clock. */
  @InstantColumn()
  occurredAt: number;

  /** Wall clock. */
  @InstantColumn()
  recordedAt: number;

  /** Business clock. */
  @InstantColumn({ nullable: true })
  doneAt: number | null;

  @RefColumn({ nullable: true })
  doneBy: string | null;
}
