import { Check, Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** How many messages of one template an account has allowed and not yet got (§4: one accept, one message, no expiry). */
@Entity('message_grants')
@Index(['openid', 'templateId'], { unique: true })
@Index(['memberId', 'templateId'])
@Check('CHK_message_grants_available', 'available >= 0')
export class MessageGrantEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  @TextColumn(64)
  openid: string;

  /** A grant is for WeChat's template: when the shop takes another one, she is asked anew. */
  @TextColumn(64)
  templateId: string;

  @CountColumn()
  available: number;

  /** Business clock: she is not asked again before; null: she may be asked. */
  @InstantColumn({ nullable: true })
  restUntil: number | null;
}
