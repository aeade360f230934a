import { Entity, Index } from 'typeorm';
import { CountColumn, IdColumn, InstantColumn, RefColumn, TextColumn } from '../../platform/database/columns.js';

/** One time that a customer and a guide were contacts in WeCom; ended ones stay as history. */
@Entity('wecom_contacts')
@Index(['openKey'], { unique: true })
@Index(['wecomUserId', 'externalUserId'])
@Index(['memberId'])
@Index(['lookAgainAt'])
export class WecomContactEntity {
  @IdColumn()
  id: string;

  @TextColumn(64)
  wecomUserId: string;

  @TextColumn(64)
  externalUserId: string;

  /** Account and customer while it is open: there is one such row. Null when it ended. */
  @TextColumn(130, { nullable: true })
  openKey: string | null;

  /** Whose account it was then; null: nobody's of this mall. */
  @RefColumn({ nullable: true })
  guideId: string | null;

  /** Null while it is not known who she is. */
  @RefColumn({ nullable: true })
  memberId: string | null;

  /** `unionid`, or `state` where WeCom told no unionid. */
  @TextColumn(10, { nullable: true })
  linkedBy: string | null;

  @TextColumn(64, { nullable: true })
  unionid: string | null;

  @TextColumn(30)
  state: string;

  /** WeCom's clock; null: its beginning was never told. */
  @InstantColumn({ nullable: true })
  addedAt: number | null;

  @InstantColumn({ nullable: true })
  endedAt: number | null;

  @TextColumn(10, { nullable: true })
  endedBy: string | null;

  /** `none`, `sending`, `sent`, `refused`, or `unknown`, which is never sent again. */
  @TextColumn(10)
  welcome: string;

  /** Wall clock: when to ask again who she is; null: known, or over. */
  @InstantColumn({ nullable: true })
  lookAgainAt: number | null;

  @CountColumn()
  looks: number;
}
