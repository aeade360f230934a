import { Entity, PrimaryColumn } from 'typeorm';
import { RefColumn } from '../../platform/database/columns.js';

/** R6.1, D17: a per-member limit of N is N keys that exist once; no count can be outrun. */
@Entity('coupon_member_slots')
export class CouponMemberSlotEntity {
  @PrimaryColumn({ type: 'varchar', length: 36 })
  templateId: string;

  @PrimaryColumn({ type: 'varchar', length: 36 })
  memberId: string;

  /** 1 to the template's perMemberLimit. */
  @PrimaryColumn({ type: 'integer' })
  slot: number;

  @RefColumn()
  couponId: string;
}
