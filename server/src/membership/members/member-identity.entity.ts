import { Entity, Index, PrimaryColumn } from 'typeorm';
import { InstantColumn, RefColumn } from '../../platform/database/columns.js';

/** How one mini-program knows a person. The key makes two simultaneous first logins one member. */
@Entity('member_identities')
@Index(['memberId', 'appId'])
export class MemberIdentityEntity {
  @PrimaryColumn({ type: 'varchar', length: 40 })
  appId: string;

  @PrimaryColumn({ type: 'varchar', length: 64 })
  openid: string;

  @RefColumn()
  memberId: string;

  /** Business clock. */
  @InstantColumn()
  createdAt: number;

  /** The newest sign-in, business clock: of two accounts of one person, the one in her hand pays. Null: before it was kept. */
  @InstantColumn({ nullable: true })
  signedInAt: number | null;
}
