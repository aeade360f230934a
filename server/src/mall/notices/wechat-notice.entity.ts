import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, TextColumn } from '../../platform/database/columns.js';

/** A notice that was believed and applied, by WeChat's own id: it is applied once. */
@Entity('wechat_notices')
export class WechatNoticeEntity {
  @PrimaryColumn({ type: 'varchar', length: 64 })
  id: string;

  @TextColumn(40)
  eventType: string;

  /** Wall clock. */
  @InstantColumn()
  receivedAt: number;
}
