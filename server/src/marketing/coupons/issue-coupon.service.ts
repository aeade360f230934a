import { Injectable } from '@nestjs/common';
import { DAY_MS } from '../../platform/clock/business-day.js';
import type { Tx } from '../../platform/database/tx.js';
import { newId } from '../../platform/ids/ids.js';
import { CouponEntity } from './coupon.entity.js';
import { CouponMemberSlotEntity } from './coupon-member-slot.entity.js';
import { CouponSourceOrderEntity } from './coupon-source-order.entity.js';
import type { CouponTemplateEntity } from './coupon-template.entity.js';

export interface CouponIssue {
  templateId: string;
  memberId: string;
  source:
    | { kind: 'campaign'; campaignId: string; orderId: string; guideId: string | null }
    /** grantId doubles as the coupon's id: a grant is one coupon. */
    | { kind: 'hq_grant'; grantId: string };
  /** Business clock, epoch ms. */
  at: number;
}

export type IssueRefusal = 'no_template' | 'template_ended' | 'sold_out' | 'member_limit' | 'source_refunded';

export type IssueOutcome =
  | { outcome: 'issued'; couponId: string }
  /** The same source has issued before; nothing changed. */
  | { outcome: 'already' }
  | { outcome: 'refused'; reason: IssueRefusal };

/** R6.1, R6.3, D17: issues at most one coupon per source, within the limits. Unique keys and conditional updates decide. */
@Injectable()
export class IssueCouponService {
  async execute(tx: Tx, issue: CouponIssue): Promise<IssueOutcome> {
    const template = await tx.first<CouponTemplateEntity>('SELECT * FROM coupon_templates WHERE id = ?', [
      issue.templateId,
    ]);
    if (template === null) return { outcome: 'refused', reason: 'no_template' };
    if (template.endedAt !== null || (template.endsAt !== null && template.endsAt <= issue.at)) {
      return { outcome: 'refused', reason: 'template_ended' };
    }
    if (issue.source.kind === 'campaign' && !(await this.sourceStands(tx, issue.source.orderId))) {
      return { outcome: 'refused', reason: 'source_refunded' };
    }
    const coupon = this.couponOf(template, issue);
    if (!(await tx.insertOnce(CouponEntity, coupon))) return { outcome: 'already' };
    // Nobody else sees the coupon before the commit, so a limit that refuses takes it away again. The template's row,
    // which all issues share, is changed last and so held shortest.
    if (!(await this.takeSlot(tx, template, coupon))) {
      await tx.execute('DELETE FROM coupons WHERE id = ?', [coupon.id]);
      return { outcome: 'refused', reason: 'member_limit' };
    }
    if (!(await this.takeStock(tx, template.id))) {
      await tx.execute('DELETE FROM coupon_member_slots WHERE templateId = ? AND memberId = ? AND couponId = ?', [
        template.id,
        coupon.memberId,
        coupon.id,
      ]);
      await tx.execute('DELETE FROM coupons WHERE id = ?', [coupon.id]);
      return { outcome: 'refused', reason: 'sold_out' };
    }
    return { outcome: 'issued', couponId: coupon.id };
  }

  private couponOf(template: CouponTemplateEntity, { memberId, source, at }: CouponIssue): CouponEntity {
    const relative = template.validDays !== null;
    return {
      id: source.kind === 'hq_grant' ? source.grantId : newId('cpn'),
      templateId: template.id,
      memberId,
      state: 'issued',
      lockedByOrderId: null,
      sourceKind: source.kind,
      sourceId: source.kind === 'campaign' ? source.campaignId : source.grantId,
      sourceOrderId: source.kind === 'campaign' ? source.orderId : '',
      sourceGuideId: source.kind === 'campaign' ? source.guideId : null,
      issuedAt: at,
      startsAt: relative ? at : (template.startsAt ?? at),
      expiresAt: relative ? at + (template.validDays ?? 0) * DAY_MS : (template.endsAt ?? at),
      redeemedAt: null,
      voidedAt: null,
    };
  }

  /** Takes the source order's row, and with it the turn, unless the order was fully refunded. */
  private async sourceStands(tx: Tx, orderId: string): Promise<boolean> {
    await tx.insertOnce(CouponSourceOrderEntity, { orderId, issues: 0, refundedAt: null });
    const matched = await tx.execute(
      'UPDATE coupon_source_orders SET issues = issues + 1 WHERE orderId = ? AND refundedAt IS NULL',
      [orderId],
    );
    return matched === 1;
  }

  private async takeSlot(tx: Tx, template: CouponTemplateEntity, coupon: CouponEntity): Promise<boolean> {
    if (template.perMemberLimit === null) return true;
    for (let slot = 1; slot <= template.perMemberLimit; slot += 1) {
      const row = { templateId: template.id, memberId: coupon.memberId, slot, couponId: coupon.id };
      if (await tx.insertOnce(CouponMemberSlotEntity, row)) return true;
    }
    return false;
  }

  private async takeStock(tx: Tx, templateId: string): Promise<boolean> {
    const matched = await tx.execute(
      `UPDATE coupon_templates SET issuedCount = issuedCount + 1
       WHERE id = ? AND endedAt IS NULL AND (stockLimit IS NULL OR issuedCount < stockLimit)`,
      [templateId],
    );
    return matched === 1;
  }
}
