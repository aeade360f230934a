import { Injectable } from '@nestjs/common';
import { type MemberMerge, type MergePart, MergesMembers } from '../../membership/merging/merging.public.js';
import { isDuplicateKey } from '../../platform/database/database-errors.js';
import type { Tx } from '../../platform/database/tx.js';
import type { CouponEntity } from './coupon.entity.js';
import type { CouponMemberSlotEntity } from './coupon-member-slot.entity.js';

/** Coupons of either entry add up (R2.1, C3): no unique key may cost her one. */
@Injectable()
@MergesMembers('coupons')
export class MergeCoupons implements MergePart {
  async merge(tx: Tx, { fromMemberId, intoMemberId }: MemberMerge): Promise<void> {
    await this.moveCoupons(tx, fromMemberId, intoMemberId);
    await this.moveSlots(tx, fromMemberId, intoMemberId);
  }

  private async moveCoupons(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    const coupons = await tx.query<CouponEntity>('SELECT * FROM coupons WHERE memberId = ?', [fromMemberId]);
    for (const { id, sourceOrderId } of coupons) {
      if (await this.moveCoupon(tx, id, intoMemberId, sourceOrderId)) continue;
      // Both entries got this one from the same source, e.g. a birthday: she keeps both, told apart by their entries.
      await this.moveCoupon(tx, id, intoMemberId, fromMemberId);
    }
  }

  private async moveCoupon(tx: Tx, id: string, memberId: string, sourceOrderId: string): Promise<boolean> {
    try {
      await tx.execute('UPDATE coupons SET memberId = ?, sourceOrderId = ? WHERE id = ?', [
        memberId,
        sourceOrderId,
        id,
      ]);
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Both entries' uses of a limit count; together they may be over it, and then nothing more is issued. */
  private async moveSlots(tx: Tx, fromMemberId: string, intoMemberId: string): Promise<void> {
    const slots = await tx.query<CouponMemberSlotEntity>('SELECT * FROM coupon_member_slots WHERE memberId = ?', [
      fromMemberId,
    ]);
    for (const { templateId, slot } of slots) {
      const rows = await tx.query<{ slot: number }>(
        'SELECT slot FROM coupon_member_slots WHERE templateId = ? AND memberId = ?',
        [templateId, intoMemberId],
      );
      const taken = new Set(rows.map((row) => row.slot));
      // The lowest free one: a gap would let one more be issued than the limit says.
      let free = 1;
      while (taken.has(free)) free += 1;
      await tx.execute(
        'UPDATE coupon_member_slots SET memberId = ?, slot = ? WHERE templateId = ? AND memberId = ? AND slot = ?',
        [intoMemberId, free, templateId, fromMemberId, slot],
      );
    }
  }
}
