import { Entity, Index } from 'typeorm';
import { IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** The code with which one member finds one guide in WeCom (docs/decisions/0043). */
@Entity('wecom_contact_ways')
@Index(['wayKey'], { unique: true })
@Index(['state'], { unique: true })
@Index(['memberId'])
export class WecomContactWayEntity {
  @IdColumn()
  id: string;

  @RefColumn()
  memberId: string;

  @TextColumn(64)
  wecomUserId: string;

  /** Account and member; null once the member was merged, when the state still says who she was. */
  @TextColumn(110, { nullable: true })
  wayKey: string | null;

  /** Comes back when the code is used; random, so that nobody makes up another's. */
  @TextColumn(30)
  state: string;

  /** WeCom gives it once and never again; null until it has. */
  @TextColumn(64, { nullable: true })
  configId: string | null;

  @TextColumn(300, { nullable: true })
  qrCode: string | null;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;
}
