import { type Coupon, type CouponKind, type CouponState } from '@mall/shared/coupons';
import { type Bps, type Fen } from '@mall/shared/money';
import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/tx.js';
import type { CouponEntity } from './coupon.entity.js';
import type { CouponTemplateEntity } from './coupon-template.entity.js';
import { CouponScopeKind, type HeldCoupon } from './domain/coupon-offer.js';
import { couponState, scopeText, sourceText } from './domain/coupon-words.js';

/** A coupon with the terms of its template, as one row. */
type CouponRow = CouponEntity & Pick<CouponTemplateEntity, 'name' | 'kind' | 'scopeKind' | 'scopeId'> & Amounts;
type TemplateRow = Omit<CouponTemplateEntity, 'kind'> & { kind: CouponKind };
interface Amounts {
  thresholdFen: Fen;
  discountFen: Fen | null;
  rateBps: Bps | null;
  capFen: Fen | null;
  giftSkuId: string | null;
  giftQuantity: number | null;
}

const SELECT = `SELECT c.*, t.name, t.kind, t.thresholdFen, t.discountFen, t.rateBps, t.capFen, t.scopeKind, t.scopeId,
    t.giftSkuId, t.giftQuantity
  FROM coupons c JOIN coupon_templates t ON t.id = c.templateId`;
/** Nobody reads further back than this many coupons; the ones that still matter come first. */
const LIST_LIMIT = 200;

function amountsOf(row: CouponRow): Amounts {
  const { thresholdFen, discountFen, rateBps, capFen, giftSkuId, giftQuantity } = row;
  return { thresholdFen, discountFen, rateBps, capFen, giftSkuId, giftQuantity };
}

function toHeld(row: CouponRow): HeldCoupon {
  return {
    id: row.id,
    templateId: row.templateId,
    name: row.name,
    kind: row.kind as CouponKind,
    ...amountsOf(row),
    scopeKind: row.scopeKind as CouponScopeKind,
    scopeId: row.scopeId,
    state: row.state,
    startsAt: row.startsAt,
    expiresAt: row.expiresAt,
    sourceGuideId: row.sourceGuideId,
    gift: null,
  };
}

function toCoupon(row: CouponRow, at: number): Coupon {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind as CouponKind,
    state: couponState(row.state, row.expiresAt, at),
    ...amountsOf(row),
    scopeText: scopeText(row.scopeKind as CouponScopeKind),
    sourceText: sourceText(row.sourceKind),
    issuedAt: row.issuedAt,
    startsAt: row.startsAt,
    expiresAt: row.expiresAt,
  };
}

@Injectable()
export class CouponsQueries {
  /** Coupons that may count on an order at `at`: free ones, and locked ones so that checkout can say where they are. */
  async held(reader: Reader, memberId: string, at: number): Promise<HeldCoupon[]> {
    const rows = await reader.query<CouponRow>(
      `${SELECT} WHERE c.memberId = ? AND c.expiresAt > ? AND c.state IN ('issued', 'locked')
       ORDER BY c.expiresAt, c.id LIMIT ${LIST_LIMIT}`,
      [memberId, at],
    );
    return rows.map(toHeld);
  }

  /** Coupons that this order holds or has used. */
  async ofOrder(reader: Reader, orderId: string): Promise<HeldCoupon[]> {
    const rows = await reader.query<CouponRow>(`${SELECT} WHERE c.lockedByOrderId = ? ORDER BY c.id`, [orderId]);
    return rows.map(toHeld);
  }

  /** A member's coupons as she sees them, the newest first; the soonest to expire first when she asks for free ones. */
  async list(reader: Reader, memberId: string, state: CouponState | undefined, at: number): Promise<Coupon[]> {
    const [condition, parameters] = this.conditionOf(state, at);
    const order = state === 'issued' ? 'c.expiresAt, c.id' : 'c.issuedAt DESC, c.id DESC';
    const rows = await reader.query<CouponRow>(
      `${SELECT} WHERE c.memberId = ? AND ${condition} ORDER BY ${order} LIMIT ${LIST_LIMIT}`,
      [memberId, ...parameters],
    );
    return rows.map((row) => toCoupon(row, at));
  }

  /** The newest templates. */
  async templates(reader: Reader): Promise<TemplateRow[]> {
    return reader.query<TemplateRow>(
      `SELECT id, name, kind, thresholdFen, discountFen, rateBps, capFen, giftSkuId, giftQuantity, validDays, stockLimit,
         issuedCount, perMemberLimit, createdAt, endedAt
       FROM coupon_templates ORDER BY createdAt DESC, id DESC LIMIT ${LIST_LIMIT}`,
    );
  }

  private conditionOf(state: CouponState | undefined, at: number): [string, (string | number)[]] {
    switch (state) {
      case undefined:
        return ['1 = 1', []];
      case 'issued':
        return [`c.state = 'issued' AND c.expiresAt > ?`, [at]];
      case 'expired':
        return [`c.state = 'issued' AND c.expiresAt <= ?`, [at]];
      default:
        return ['c.state = ?', [state]];
    }
  }
}
