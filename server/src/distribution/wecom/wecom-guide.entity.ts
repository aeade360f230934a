import { Entity, Index, PrimaryColumn } from 'typeorm';
import { TextColumn } from '../../platform/database/columns.js';

/** Which WeCom account is a guide's: one each way. */
@Entity('wecom_guides')
@Index(['wecomUserId'], { unique: true })
export class WecomGuideEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  guideId: string;

  @TextColumn(64)
  wecomUserId: string;
}
