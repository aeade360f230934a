import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../platform/database/columns.js';

/** A push message that was verified and handled. WeChat repeats one that it got no answer for. */
@Entity('wechat_pushes')
@Index(['receivedAt'])
export class WechatPushEntity {
  /** SHA-256 of the message as WeChat wrote it: events carry no id of their own. */
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;

  @TextColumn(60)
  event: string;

  /** Wall clock. */
  @InstantColumn()
  receivedAt: number;
}
